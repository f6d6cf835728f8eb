import { basename } from 'node:path';

/** `photos` for `./photos/`, `mail` for `data/mail.csv`: what outputs are named after. */
export function stemOf(path: string): string {
  return basename(path).replace(/(?<=.)\.(csv|tsv|jsonl|ndjson|zip|headstart|onnx)$/i, '') || 'headstart';
}

/** The files of a result, next to the bundle: `photos.headstart`, `photos.onnx`, `photos.report.html`. */
export function outputsOf(bundle: string): { readonly bundle: string; readonly onnx: string; readonly report: string } {
  const stem = bundle.replace(/\.headstart$/i, '');
  return { bundle, onnx: `${stem}.onnx`, report: `${stem}.report.html` };
}
