// Written by `make protocol` from kerasviz/protocol; change it there.
/** Devices to train on, and how much of them is in use. */

import type { IDevice } from './hello';

/** What other programs than this kernel, and those that it has started, use of a device. */
export interface IOthersUse {
  /** How many programs. */
  count: number;
  /** Their memory; null where the driver does not tell. */
  bytes: number | null;
}

/** A device, now. */
export interface IDeviceState extends IDevice {
  /** Memory in bytes; null where nobody tells, as with all of these. */
  total: number | null;
  free: number | null;
  /** Share of its time in which it computes, in percent. */
  load: number | null;
  others: IOthersUse | null;
}

/** All devices that Keras can train on in this kernel. */
export interface IDevices {
  devices: IDeviceState[];
}
