import { expect, type Page } from '@playwright/test';
import { inPage } from './largemodel';
import { quantile } from './report';

/** Milliseconds between two frames of a screen with 60 of them a second. */
export const FRAME = 1000 / 60;

/** The milliseconds between the frames of a page while something is done in it. */
export async function frames(
  page: Page,
  action: () => Promise<void>
): Promise<number[]> {
  await inPage(
    page,
    `(() => {
      window.frameTimes = [];
      const record = time => {
        window.frameTimes.push(time);
        window.frameRequest = requestAnimationFrame(record);
      };
      window.frameRequest = requestAnimationFrame(record);
    })()`
  );
  await action();
  const times = await inPage<number[]>(
    page,
    '(cancelAnimationFrame(window.frameRequest), window.frameTimes)'
  );
  expect(times.length).toBeGreaterThan(50);
  return times.slice(1).map((time, i) => time - times[i]);
}

/** The times between frames in words. One that came a little after the screen's beat is in time. */
export function inWords(times: number[]): string {
  const late = times.filter(time => time > 1.5 * FRAME).length;
  const share = ((100 * late) / times.length).toFixed(1);
  return `${quantile(times, 0.95).toFixed(1)} ms (${share}% of frames late)`;
}
