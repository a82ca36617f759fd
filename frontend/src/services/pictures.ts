/** Pictures as the server takes them: their id, and other formats made into PNG. */

const TAKEN = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);
/** As large as the server keeps a picture; drawings without a size of their own get half of it. */
const LONGEST = 2_560;
const DEFAULT = 1_280;

/** SHA-256 of the bytes; null where a page without a secure address may not compute it. */
export async function fileIdOf(content: Blob): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest('SHA-256', await content.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The same picture, or a PNG of it where the server would not read its format (SVG, BMP ...). */
export async function asPicture(file: Blob): Promise<Blob> {
  if (TAKEN.has(file.type)) return file;
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const width = image.naturalWidth || DEFAULT;
    const height = image.naturalHeight || DEFAULT;
    const vector = file.type === 'image/svg+xml';
    const longest = Math.max(width, height);
    const scale = (vector ? Math.max(longest, DEFAULT) : longest) / longest;
    const bounded = Math.min(scale, LONGEST / longest);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * bounded));
    canvas.height = Math.max(1, Math.round(height * bounded));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!made) throw new Error('no picture');
    return made;
  } finally {
    URL.revokeObjectURL(url);
  }
}

export function dataUrlOf(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(content);
  });
}

export function blobOf(dataUrl: string): Blob {
  const [head = '', data = ''] = dataUrl.split(',', 2);
  const type = /^data:([^;,]+)/.exec(head)?.[1] ?? '';
  const text = head.endsWith(';base64') ? atob(data) : decodeURIComponent(data);
  return new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], { type });
}
