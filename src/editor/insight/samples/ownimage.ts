/** Bytes of a file; `LARGEST` of dataurl.py is its twin. */
const LARGEST = 5 * 2 ** 20;

/** What the kernel reads. */
export const PICTURES = 'image/png,image/jpeg';

/** Whether a picture is small enough to be sent. */
export function isSendable(file: File): boolean {
  return file.size <= LARGEST;
}

/** A file as a data URL. */
export function dataURLOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
