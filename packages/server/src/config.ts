import { join } from 'node:path';

/** Bounds of what a client may ask for. */
export interface Limits {
  /** Bytes of a JSON or prediction body. */
  readonly bodyBytes: number;
  /** Bytes of one upload request, all its files together. */
  readonly uploadBytes: number;
  /** Bytes of one picture. */
  readonly pictureBytes: number;
  /** Bytes of one recording, and the seconds that it may unpack to. */
  readonly clipBytes: number;
  readonly clipSeconds: number;
  /** Bytes of one table (CSV, TSV, JSONL). */
  readonly tableBytes: number;
  /** Bytes of one backbone, all its files together. */
  readonly backboneBytes: number;
  /** Bytes that an archive may unpack to, and how many times its own size. */
  readonly unpackedBytes: number;
  readonly unpackRatio: number;
  /** Width × height of a picture. */
  readonly pixels: number;
  /** Characters of one text. */
  readonly textLength: number;
  /** Samples of a dataset. */
  readonly samples: number;
  /** Samples of one prediction or embedding request. */
  readonly batch: number;
  /** Requests a second of one key (or address, without keys), and how many may come at once. */
  readonly rate: number;
  readonly burst: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 32 * 2 ** 20,
  uploadBytes: 16 * 2 ** 30,
  pictureBytes: 64 * 2 ** 20,
  clipBytes: 128 * 2 ** 20,
  clipSeconds: 1800,
  tableBytes: 256 * 2 ** 20,
  backboneBytes: 4 * 2 ** 30,
  unpackedBytes: 32 * 2 ** 30,
  unpackRatio: 200,
  pixels: 64_000_000,
  textLength: 100_000,
  samples: 1_000_000,
  batch: 256,
  rate: 200,
  burst: 1000,
};

/** How predictions are batched. */
export interface ServingOptions {
  /** Milliseconds that a prediction waits for others to share its run. */
  readonly latencyMs: number;
  /** Samples of one run of the backbone; 1 runs each alone. */
  readonly maxBatch: number;
  /** Samples that may wait; further ones are refused with 429. */
  readonly queue: number;
  /** Backbones in memory; the one unused for longest makes room. */
  readonly backbones: number;
}

export const defaultServing: ServingOptions = { latencyMs: 5, maxBatch: 32, queue: 1024, backbones: 4 };

export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint?: string;
}

/** Everything that the server is told from outside. */
export interface Config {
  /** Folder of the embedded database, the files, and what can be made again. */
  readonly data: string;
  /** `postgres://…`; the embedded database when left out. */
  readonly databaseUrl: string | undefined;
  /** Where files are kept; under `data` when left out. */
  readonly s3: S3Options | undefined;
  /** Folder of downloaded backbones and features, shared with the other front ends when left out. */
  readonly cache: string | undefined;
  readonly offline: boolean;
  readonly engine: 'auto' | 'webgpu' | 'wasm';
  /** No keys; only on a loopback address. */
  readonly open: boolean;
  /** Origins of pages on other hosts that may call; `*` for all. */
  readonly cors: readonly string[];
  readonly limits: Limits;
  readonly serving: ServingOptions;
  /** Samples of one part of an extraction: what a worker takes at a time. */
  readonly shardSamples: number;
  /** Whether this process works on jobs. */
  readonly work: boolean;
}

export const defaultConfig: Config = {
  data: 'headstart-data',
  databaseUrl: undefined,
  s3: undefined,
  cache: undefined,
  offline: false,
  engine: 'auto',
  open: false,
  cors: [],
  limits: defaultLimits,
  serving: defaultServing,
  shardSamples: 256,
  work: true,
};

/** What the environment says: `DATABASE_URL`, `HEADSTART_DATA`, `HEADSTART_S3_BUCKET` (with `_REGION`, `_ENDPOINT`), `HEADSTART_CORS`. */
export function configFromEnvironment(env: Readonly<Record<string, string | undefined>>): Partial<Config> {
  const bucket = env.HEADSTART_S3_BUCKET;
  const cors = env.HEADSTART_CORS?.split(',').map((each) => each.trim());
  return {
    ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
    ...(env.HEADSTART_DATA ? { data: env.HEADSTART_DATA } : {}),
    ...(cors ? { cors: cors.filter(Boolean) } : {}),
    ...(bucket
      ? {
          s3: {
            bucket,
            region: env.HEADSTART_S3_REGION ?? env.AWS_REGION ?? 'us-east-1',
            ...(env.HEADSTART_S3_ENDPOINT ? { endpoint: env.HEADSTART_S3_ENDPOINT } : {}),
          },
        }
      : {}),
  };
}

/** Folders under `data`. */
export function foldersOf({ data }: Pick<Config, 'data'>) {
  return {
    database: join(data, 'database'),
    files: join(data, 'files'),
    temporary: join(data, 'tmp'),
    /** Copies of files out of a remote storage, and backbones laid out for the engine. */
    local: join(data, 'local'),
    features: join(data, 'features'),
  };
}
