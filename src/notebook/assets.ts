/** Large scripts, which the kernel sends when they are first needed: once for all widgets of a page. */
import { trans, type KernelClient } from '../core';
import type { IAssets, IPlotly } from '../editor';

/** The version of this bundle, as esbuild.config.mjs sets it: another one brings its own scripts. */
declare const KERASVIZ_VERSION: string;

type AssetName = 'plotly';

/** Addresses of the scripts that the page has; every widget is a module of its own, the page is shared. */
const page = globalThis as unknown as {
  [key: symbol]: Promise<string> | undefined;
};

/** Gets the scripts over the client that is connected at the time. */
export function kernelAssets(client: () => KernelClient | null): IAssets {
  const address = (name: AssetName): Promise<string> => {
    const key = Symbol.for(`kerasviz/${KERASVIZ_VERSION}/${name}`);
    return (page[key] ??= load(name, client()).catch(reason => {
      page[key] = undefined;
      throw reason;
    }));
  };
  return {
    plotly: async () =>
      (await import(await address('plotly'))).default as IPlotly
  };
}

async function load(
  name: AssetName,
  client: KernelClient | null
): Promise<string> {
  if (!client) {
    throw new Error(trans.__('No kernel is running. Run this cell again.'));
  }
  const { source } = await client.request('asset', { name });
  return URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
}
