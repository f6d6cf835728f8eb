import { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { Problem } from '../errors.ts';

/** Milliseconds that a refused client may go on sending. */
const patience = 10_000;

export interface FilePart {
  readonly field: string;
  /** As the client called it, folders included. */
  readonly name: string;
  readonly stream: Readable;
}

export interface MultipartHandlers {
  field?(name: string, value: string): void;
  /** Called for one file after the other; must read the stream to its end or throw. */
  file(part: FilePart): Promise<void>;
}

/**
 * Reads a multipart body as it comes, one file at a time, with no more in memory than is on its way.
 * @throws Problem 415 or 400; what a handler throws, the rest of the body then unread
 */
export async function readMultipart(
  request: Request,
  limits: { readonly bytes: number; readonly files: number },
  handlers: MultipartHandlers,
): Promise<void> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type) || !request.body) {
    throw new Problem(415, 'not-multipart', `A multipart/form-data body is expected, got '${type || 'nothing'}'.`, {
      hint: "With curl: -F 'files=@photo.jpg'.",
    });
  }
  const source = Readable.fromWeb(request.body as import('node:stream/web').ReadableStream);
  let busboy: InstanceType<typeof Busboy>;
  try {
    busboy = new Busboy({
      headers: { 'content-type': type },
      preservePath: true,
      limits: { fieldSize: 64 * 1024, fields: 100, headerPairs: 100, files: limits.files },
    });
  } catch (cause) {
    throw new Problem(400, 'invalid-multipart', 'The multipart body has no usable boundary.', { cause });
  }
  let bytes = 0;
  await new Promise<void>((resolve, reject) => {
    let work: Promise<unknown> = Promise.resolve();
    let failed = false;
    const fail = (error: unknown) => {
      if (failed) return;
      failed = true;
      source.unpipe(busboy);
      // A client that is still sending would see a closed connection instead of the answer: for a while the rest is read and dropped.
      const answer = () => {
        clearTimeout(timer);
        reject(error);
      };
      const timer = setTimeout(() => {
        source.destroy();
        answer();
      }, patience);
      if (source.closed || source.readableEnded) return answer();
      source.once('close', answer).once('end', answer).resume();
    };
    const broken = (cause: unknown) => void work.finally(() => fail(endedEarly(cause)));
    busboy.on('field', (name: string, value: string) => {
      work = work.then(() => handlers.field?.(name, value)).catch(fail);
    });
    busboy.on('file', (field: string, stream: Readable, name: string | undefined) => {
      let cut: unknown;
      // Without a listener, an upload that is cut off would end the process.
      stream.on('error', (error) => {
        cut = error;
      });
      work = work
        .then(async () => {
          if (failed) return;
          await handlers.file({ field, name: name ?? '', stream });
          stream.resume();
        })
        .catch((error) => {
          stream.resume();
          fail(error === cut && !(error instanceof Problem) ? endedEarly(error) : error);
        });
    });
    busboy.on('filesLimit', () =>
      fail(
        new Problem(413, 'too-large', `More than ${limits.files} files came in one request.`, { hint: 'Send a zip, or several requests.' }),
      ),
    );
    busboy.on('error', broken);
    busboy.on('finish', () => void work.then(() => !failed && resolve()));
    source.on('error', (error) => {
      busboy.destroy();
      broken(error);
    });
    source.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.bytes)
        fail(new Problem(413, 'too-large', `The upload is larger than ${limits.bytes} bytes.`, { hint: 'Send it in several requests.' }));
    });
    source.pipe(busboy);
  });
}

function endedEarly(cause: unknown): Problem {
  return new Problem(400, 'invalid-multipart', 'The upload ended early or is not well-formed.', {
    hint: 'Send it again; samples that were taken already are only replaced by themselves.',
    cause,
  });
}
