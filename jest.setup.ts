import { configure } from '@testing-library/dom';
import fc from 'fast-check';

// A loaded machine is slow, and that is no fault of what is tested.
configure({ asyncUtilTimeout: 30_000 });

// CI tries the same examples each time, so that a red run is about the change; elsewhere they are new ones.
if (process.env.CI) {
  fc.configureGlobal({ seed: 1 });
}
