import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Deps } from '../app.ts';
import { Problem } from '../errors.ts';
import { readMultipart } from '../ingest/multipart.ts';
import { needs } from '../security/guard.ts';
import type { Input } from '../serving.ts';
import { tooLarge } from '../store/blobs.ts';
import { json, multipart, router } from './common.ts';

const Prediction = z
  .object({
    index: z.number().int().openapi({ description: 'Of the input.' }),
    label: z.string().optional(),
    confidence: z.number().optional().openapi({ description: 'Probability of the label, 0 to 1.' }),
    top: z.array(z.object({ label: z.string(), probability: z.number() })).optional(),
    error: z.string().optional().openapi({ description: 'Why this input could not be used; the others are answered.' }),
  })
  .openapi('Prediction');

const single = z.union([
  z.string().openapi({ description: 'A text; for image and audio models, a picture or recording in base64 or as a data URI.' }),
  z.object({ text: z.string() }),
  z.object({ image: z.string().openapi({ description: 'Base64, or a data URI.' }) }),
  z.object({ audio: z.string().openapi({ description: 'A recording (WAV, MP3, FLAC, Ogg Vorbis or Opus) in base64, or a data URI.' }) }),
]);

const PredictBody = z
  .object({
    input: z.union([single, z.array(single).min(1)]).openapi({ description: 'One, or several to be answered together.' }),
    topK: z.number().int().min(1).max(1000).default(5).openapi({ description: 'How many labels to tell of each.' }),
  })
  .openapi('PredictBody');

const predict = createRoute({
  method: 'post',
  path: '/models/{model}/predict',
  tags: ['predict'],
  summary: 'Classify texts, pictures or clips',
  description:
    'JSON with texts or base64, or multipart/form-data with files (and a field `topK`). What comes at the same time shares a run of the backbone.',
  ...needs('predict'),
  request: {
    params: z.object({ model: z.string().max(64).openapi({ description: 'Id or alias of a model.', example: 'prod' }) }),
    body: {
      content: {
        'application/json': { schema: PredictBody },
        ...(multipart('', { topK: 'How many labels to tell of each.', files: 'Pictures or clips.', text: 'A text; may be repeated.' })
          .content as object),
      },
    },
  },
  responses: {
    200: json(z.object({ model: z.string(), predictions: z.array(Prediction) }), 'One prediction for each input, in their order.'),
  },
});

export function predictRoutes({ serving, config, metrics }: Deps) {
  const { limits } = config;
  return router().openapi(predict, async (c) => {
    const { model: name } = c.req.valid('param');
    const { inputs, topK } = await read(c, async () => {
      const { input, topK: k } = c.req.valid('json');
      if (input === undefined)
        throw new Problem(415, 'no-body', 'There is no body that can be read.', {
          hint: 'Send application/json {"input": …} or multipart/form-data.',
        });
      const modality = await serving.modality(name);
      return { inputs: (Array.isArray(input) ? input : [input]).map((each, index) => toInput(each, modality, index)), topK: k };
    });
    if (inputs.length > limits.batch) {
      throw new Problem(413, 'too-many', `${inputs.length} inputs came; at most ${limits.batch} are answered at once.`, {
        hint: 'Send them in several requests.',
      });
    }
    const { model, results } = await serving.predict(name, inputs, topK, c.req.raw.signal).catch((error) => {
      if (error instanceof Problem && error.code === 'busy') metrics.refused.inc();
      throw error;
    });
    const predictions = results.map((result, index): z.infer<typeof Prediction> => {
      if ('error' in result) return { index, error: result.error };
      const [best] = result;
      return { index, ...(best ? { label: best.label, confidence: best.probability } : {}), top: [...result] };
    });
    return c.json({ model: model.id, predictions }, 200);
  });

  async function read(c: Context, fromJson: () => Promise<{ inputs: Input[]; topK: number }>): Promise<{ inputs: Input[]; topK: number }> {
    if (!/^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')) return fromJson();
    const inputs: Input[] = [];
    const most = Math.max(limits.pictureBytes, limits.clipBytes);
    let topK = 5;
    await readMultipart(
      c.req.raw,
      { bytes: limits.bodyBytes, files: limits.batch },
      {
        field: (field, value) => {
          if (field === 'topK' && /^[1-9]\d{0,2}$/.test(value)) topK = Number(value);
          else if (field === 'text') inputs.push({ text: value });
          else if (field === 'topK')
            throw new Problem(400, 'invalid-request', "'topK' cannot be meant: a whole number from 1 to 999 is expected.");
        },
        file: async ({ name, stream }) => {
          const pieces: Uint8Array[] = [];
          let bytes = 0;
          for await (const piece of stream) {
            bytes += piece.length;
            if (bytes > most) throw tooLarge(`'${name.slice(0, 100)}'`, most);
            pieces.push(piece);
          }
          inputs.push({ bytes: new Uint8Array(Buffer.concat(pieces)), name: name.slice(0, 100) });
        },
      },
    );
    if (inputs.length === 0)
      throw new Problem(422, 'invalid-data', 'There was no file and no text in the body.', {
        hint: "With curl: -F 'files=@photo.jpg'.",
      });
    return { inputs, topK };
  }
}

function toInput(each: z.infer<typeof single>, modality: string, index: number): Input {
  if (typeof each === 'object' && 'text' in each) return each;
  if (typeof each === 'string' && modality === 'text') return { text: each };
  const encoded = typeof each === 'string' ? each : 'image' in each ? each.image : each.audio;
  return { bytes: decodeBase64(encoded, index), name: `input[${index}]` };
}

function decodeBase64(text: string, index: number): Uint8Array<ArrayBuffer> {
  const plain = text.replace(/^data:[^,]{0,200};base64,/, '').replace(/\s/g, '');
  if (plain === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(plain)) {
    throw new Problem(422, 'invalid-data', `input[${index}] is not base64.`, {
      hint: 'Send the bytes of the file in base64, a data URI, or files as multipart/form-data.',
    });
  }
  return new Uint8Array(Buffer.from(plain, 'base64'));
}
