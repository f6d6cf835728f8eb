import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../app.ts';
import { Problem } from '../errors.ts';
import { needs } from '../security/guard.ts';
import { body, json, router } from './common.ts';

const Body = z
  .object({
    model: z.string().min(1).max(64).openapi({ description: 'A text backbone, or a model (or alias) on one.', example: 'minilm-l6' }),
    input: z.union([z.string(), z.array(z.string()).min(1)]),
    encoding_format: z.enum(['float', 'base64']).default('float').openapi({ description: '`base64` is float32, little-endian.' }),
    dimensions: z.number().int().positive().optional(),
    user: z.string().optional(),
  })
  .openapi('EmbeddingsBody');

const Answer = z
  .object({
    object: z.literal('list'),
    data: z.array(
      z.object({ object: z.literal('embedding'), index: z.number().int(), embedding: z.union([z.array(z.number()), z.string()]) }),
    ),
    model: z.string(),
    usage: z.object({ prompt_tokens: z.number().int(), total_tokens: z.number().int() }),
  })
  .openapi('Embeddings');

const create = createRoute({
  method: 'post',
  path: '/embeddings',
  tags: ['predict'],
  summary: 'Features of texts, in the shape of OpenAI’s API',
  ...needs('predict'),
  request: { body: body(Body) },
  responses: { 200: json(Answer, 'One embedding for each input, in their order.') },
});

export function embeddingRoutes({ serving, config }: Deps) {
  const { limits } = config;
  return router().openapi(create, async (c) => {
    const { model, input, encoding_format: format, dimensions } = c.req.valid('json');
    const texts = typeof input === 'string' ? [input] : input;
    if (texts.length > limits.batch) {
      throw new Problem(413, 'too-many', `${texts.length} inputs came; at most ${limits.batch} are answered at once.`, {
        hint: 'Send them in several requests.',
      });
    }
    const found = await serving.embed(model, texts, c.req.raw.signal);
    const length = found[0]?.features.length ?? 0;
    if (dimensions !== undefined && dimensions !== length) {
      throw new Problem(422, 'unsupported', `'dimensions' is ${dimensions}, and '${model}' gives ${length}.`, {
        hint: 'Leave it out: embeddings are not shortened.',
      });
    }
    const tokens = found.reduce((sum, each) => sum + each.tokens, 0);
    const data = found.map(({ features }, index) => ({
      object: 'embedding' as const,
      index,
      embedding:
        format === 'base64'
          ? Buffer.from(features.buffer, features.byteOffset, features.byteLength).toString('base64')
          : Array.from(features),
    }));
    return c.json({ object: 'list' as const, data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } }, 200);
  });
}
