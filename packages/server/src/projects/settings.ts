import { z } from '@hono/zod-openapi';

/** The settings of a head that a training may be told, or a dataset have as its usual ones. */
export const headShape = {
  l2: z
    .union([z.literal('auto'), z.number().min(0)])
    .openapi({ description: 'Strength of regularisation; `auto` chooses it by cross-validation.' }),
  folds: z.number().int().min(2).max(20),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31),
  testShare: z
    .number()
    .gt(0)
    .lt(1)
    .openapi({ description: 'Share of the samples held out to measure with, where the data did not come split.' }),
  classWeights: z.enum(['none', 'balanced']),
};

const Head = z.object(headShape);
export type HeadSettings = z.infer<typeof Head>;

type Loose = { readonly [K in keyof HeadSettings]?: HeadSettings[K] | undefined };

/** Settings of a head: of each the first that is said, else the usual one. */
export function headOf(first: Loose, second: Loose = {}): HeadSettings {
  return {
    l2: first.l2 ?? second.l2 ?? 'auto',
    folds: first.folds ?? second.folds ?? 5,
    seed: first.seed ?? second.seed ?? 0,
    testShare: first.testShare ?? second.testShare ?? 0.2,
    classWeights: first.classWeights ?? second.classWeights ?? 'none',
  };
}

export const Settings = z
  .object({
    classes: z.array(z.string()).max(10_000).optional().openapi({ description: 'Order of the classes; those left out follow by name.' }),
    backbone: z
      .object({
        name: z.string().min(1).max(200),
        cut: z.string().max(400).optional(),
        size: z.number().int().min(16).max(1024).optional().openapi({ description: 'Height and width of image inputs, in pixels.' }),
      })
      .optional(),
    head: Head.partial().optional(),
  })
  .openapi('DatasetSettings', { description: 'What trainings on the dataset take where they are told nothing else.' });

export type DatasetSettings = z.infer<typeof Settings>;
