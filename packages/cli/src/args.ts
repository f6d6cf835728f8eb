import type { Flags } from './flags.ts';

/** A command as help, docs and the parser know it. */
export interface CommandSpec {
  readonly summary: string;
  /** Positional arguments as usage shows them. */
  readonly usage: string;
  readonly details: readonly string[];
  readonly examples: readonly (readonly [command: string, explanation: string])[];
  readonly flags: Flags;
}

/** Flags that every command takes. */
export const commonFlags = {
  json: { type: 'boolean', help: 'Print one JSON event a line; the last line is the result.' },
  engine: {
    type: 'string',
    choices: ['auto', 'webgpu', 'wasm'],
    default: 'auto',
    help: 'What computes. auto takes the GPU when there is one, and says what it took.',
  },
  cache: { type: 'string', value: 'DIR', help: 'Where downloads and features are kept. Also HEADSTART_CACHE.' },
  offline: { type: 'boolean', help: 'Use only what is in the cache.' },
  seed: { type: 'integer', value: 'N', default: 0, help: 'Seed of the split and of everything random.' },
  help: { type: 'boolean', short: 'h', help: 'Show this help.' },
} as const satisfies Flags;

const dataDetails = [
  'DATA is a folder with one subfolder per class (photos/cat/1.jpg, clips/yes/7.wav), a folder of clips named',
  'LABEL_anything.wav, or a CSV, TSV or JSONL file with a label column and texts or paths of files.',
];

const backbone = {
  type: 'string',
  value: 'NAME',
  help: 'Backbone: a name of `headstart backbones`, or the path of an .onnx file or card. Default: densenet121 for images, minilm-l6 for text, speech-embedding for clips.',
} as const;
const columns = {
  text: { type: 'string', value: 'COLUMN', help: 'Column that holds the text. Default: found by name.' },
  label: { type: 'string', value: 'COLUMN', help: 'Column that holds the label. Default: found by name.' },
  group: {
    type: 'string',
    value: 'COLUMN|REGEX',
    help: 'What must be on one side of the split, a speaker say: a column, or a pattern whose first parenthesis in a path it is.',
  },
} as const;
const batch = { type: 'integer', value: 'N', help: 'Samples a run of the backbone. Default: chosen for the engine.' } as const;

const serverFlags = {
  data: {
    type: 'string',
    value: 'DIR',
    help: 'Folder of the database and the files. Also HEADSTART_DATA. Default: headstart-data.',
  },
  'public-url': { type: 'string', value: 'URL', help: 'Where clients reach the server. Default: its own address.' },
  verbose: { type: 'boolean', help: 'Tell of every request and step.' },
} as const;

export const commands = {
  studio: {
    summary: 'Open the studio: data, backbone, training and results by keys',
    usage: '[FOLDER]',
    details: [
      'What `headstart` alone does on a terminal. FOLDER is a project, or becomes one: its headstart.json holds',
      'data, backbone, settings and runs. ? shows the keys. Without a terminal, the other commands do the same work.',
    ],
    examples: [
      ['headstart', 'the studio in this folder'],
      ['headstart studio ./birds --engine wasm', 'in another folder, on onnxruntime'],
    ],
    flags: {},
  },
  demo: {
    summary: 'Train on real data and see what a pretrained backbone is worth',
    usage: '[text|image|audio [PHRASE…]]',
    details: [
      'text (default): spam or not, on real mail. image: ten kinds of small pictures. audio: your phrases as voice',
      'commands, spoken by a synthesiser in many voices, and tested on voices that were held out; a terminal is asked',
      'for three phrases where none are given.',
      'Compares three things in one table: always answering the majority class, a head on a backbone whose',
      'weights were shuffled, and the same head on the pretrained backbone. Ends within three minutes.',
    ],
    examples: [
      ['headstart demo', 'spam or not, with minilm-l6'],
      ['headstart demo image', 'pictures, with densenet121'],
      ["headstart demo audio 'lights on' 'lights off' 'good night'", 'phrases of your own, with speech-embedding'],
    ],
    flags: {
      samples: { type: 'integer', value: 'N', help: 'Samples in all. Default: as many as the machine can do in the time.' },
      out: { type: 'string', value: 'DIR', help: 'Where the results go. Default: headstart-out/demo-text, demo-image or demo-audio.' },
    },
  },
  train: {
    summary: 'Train a classifier on your labelled images, texts or sounds',
    usage: 'DATA',
    details: [
      ...dataDetails,
      'Nothing else is needed: the kind of data, the columns and the backbone are found. A part of the data is',
      'held out, stratified by class, and the result is measured on it. Run the same command again after an',
      'interruption, and it goes on where it stopped.',
    ],
    examples: [
      ['headstart train ./photos', 'writes photos.headstart, photos.onnx and photos.report.html'],
      ['headstart train mail.csv --label kind', 'a table; the column of labels by name'],
      ['headstart train ./photos --size 128 --seed 7', 'smaller inputs, another split'],
      ["headstart train ./clips --group '_(.*)_'", 'yes_ann_3.wav, …: no speaker on both sides of the split'],
    ],
    flags: {
      out: { type: 'string', value: 'FILE', help: 'The bundle to write. Default: named after DATA, in this folder.' },
      backbone,
      ...columns,
      test: { type: 'number', value: 'SHARE', default: 0.2, help: 'Share of the samples held out for the evaluation.' },
      'test-data': { type: 'string', value: 'DATA', help: 'Evaluate on this data instead of a share of DATA.' },
      l2: { type: 'string', value: 'auto|X', default: 'auto', help: 'Strength of regularisation; auto chooses by cross-validation.' },
      folds: { type: 'integer', value: 'K', default: 5, help: 'Folds of the cross-validation.' },
      size: { type: 'integer', value: 'PIXELS', help: 'Height and width of image inputs. Default: what the backbone was trained with.' },
      augment: {
        type: 'integer',
        value: 'N',
        default: 0,
        help: 'Changed copies of each clip to learn from: shifted, faster or slower, with noise and echo.',
      },
      batch,
      limit: { type: 'integer', value: 'N', help: 'Use at most N samples, drawn evenly from the classes.' },
      plain: { type: 'boolean', help: 'Lines on a terminal too, in place of the live view with its curves.' },
    },
  },
  predict: {
    summary: 'Classify files, folders or lines of text with a trained bundle',
    usage: 'BUNDLE INPUT… | BUNDLE -',
    details: [
      'For an image bundle, INPUT is a picture or a folder of pictures. For a text bundle, INPUT is a text file,',
      'and - reads one text a line from standard input.',
    ],
    examples: [
      ['headstart predict photos.headstart cat.jpg ./unsorted', 'a picture and a folder of pictures'],
      ['echo "you have won" | headstart predict mail.headstart -', 'one text a line'],
    ],
    flags: { top: { type: 'integer', value: 'K', default: 1, help: 'How many labels to show for each sample.' }, batch },
  },
  evaluate: {
    summary: 'Measure a bundle on labelled data it has not seen',
    usage: 'BUNDLE DATA',
    details: dataDetails,
    examples: [['headstart evaluate photos.headstart ./more-photos', 'accuracy, F1, per-class figures, confusion matrix']],
    flags: { ...columns, out: { type: 'string', value: 'FILE', help: 'Write an HTML report there.' }, batch },
  },
  listen: {
    summary: 'Report the voice commands in a recording or a live signal',
    usage: 'BUNDLE FILE | BUNDLE -',
    details: [
      'A window slides over the sound; a label is reported once its smoothed probability reaches the threshold.',
      '- reads raw 16-bit mono samples from standard input and reports as it hears. With --truth, the threshold is',
      'chosen on the file, and misses and false accepts are measured.',
    ],
    examples: [
      ['headstart listen commands.headstart meeting.mp3', 'what was said when'],
      ['headstart listen commands.headstart held-out.wav --truth held-out.csv', 'choose the threshold; columns label, start, end'],
      ['arecord -f S16_LE -r 16000 -t raw | headstart listen commands.headstart -', 'a microphone'],
    ],
    flags: {
      threshold: {
        type: 'number',
        value: 'P',
        help: 'Smoothed probability from which on a label is reported. Default: the one in the bundle, or 0.8.',
      },
      smoothing: { type: 'number', value: 'SECONDS', help: 'Time over which probabilities are averaged. Default: 0.4.' },
      refractory: { type: 'number', value: 'SECONDS', help: 'Time after a report in which nothing is reported. Default: 1.' },
      ignore: {
        type: 'string',
        value: 'LABEL',
        multiple: true,
        help: 'A label that is no command; may be repeated. Default: noise, other, silence and the like.',
      },
      rate: { type: 'integer', value: 'HZ', default: 16000, help: 'Samples a second of what standard input gives.' },
      truth: { type: 'string', value: 'FILE', help: 'What was said: a CSV with the columns label, start and end in seconds.' },
      'false-accepts': { type: 'number', value: 'N', default: 1, help: 'False accepts an hour that a chosen threshold may have.' },
    },
  },
  transcribe: {
    summary: 'Write down what is said in a recording, with time stamps',
    usage: 'CLIP',
    details: ['With Whisper tiny (many languages, 44 MB, fetched once). Long recordings are heard in windows of 30 seconds.'],
    examples: [
      ['headstart transcribe talk.mp3', 'segments as they are heard'],
      ['headstart transcribe talk.mp3 --language en --out talk.srt', 'subtitles'],
      ["headstart transcribe clip.wav --reference 'turn on the lights'", 'with its word error rate'],
    ],
    flags: {
      language: { type: 'string', value: 'CODE', help: 'Language that is spoken: en, de, fr, … Default: told from the sound.' },
      reference: { type: 'string', value: 'TEXT|FILE', help: 'What is really said: the word error rate is told.' },
      out: { type: 'string', value: 'FILE', help: 'Write the text (.txt) or subtitles (.srt) there.' },
    },
  },
  inspect: {
    summary: 'Show what is in a model or a bundle',
    usage: 'FILE',
    details: ['Inputs, outputs, operators with counts, what the engine cannot run, and where the features could leave it.'],
    examples: [
      ['headstart inspect resnet50.onnx', 'any ONNX model'],
      ['headstart inspect photos.headstart', 'a trained bundle'],
    ],
    flags: {},
  },
  run: {
    summary: 'Run any ONNX model on .npy files',
    usage: 'MODEL --inputs DIR --outputs DIR',
    details: ['DIR of --inputs holds one .npy file for each input of the model, named after it; outputs are written the same way.'],
    examples: [
      ['headstart run model.onnx --inputs in --outputs out', 'in/input.npy → out/logits.npy'],
      ['headstart run model.onnx --inputs in --outputs out --output features', 'any value of the graph'],
    ],
    flags: {
      inputs: { type: 'string', value: 'DIR', help: 'Folder of .npy files, named after the inputs.' },
      outputs: { type: 'string', value: 'DIR', help: 'Folder to write .npy files to; created when absent.' },
      output: {
        type: 'string',
        value: 'NAME',
        multiple: true,
        help: 'A value to compute; may be repeated. Default: the outputs of the model.',
      },
      precision: { type: 'string', choices: ['f32', 'f16'], default: 'f32', help: 'Precision of storage on the GPU.' },
      explain: { type: 'boolean', help: 'Show the dispatches and the memory of the run.' },
    },
  },
  extract: {
    summary: 'Write the features of a dataset to a file',
    usage: 'DATA',
    details: [...dataDetails, 'The file holds the matrix [N, D]; .safetensors holds the labels too, .npy has them beside it.'],
    examples: [['headstart extract ./photos --out photos.safetensors', 'features of densenet121']],
    flags: {
      out: { type: 'string', value: 'FILE', help: 'A .npy or .safetensors file. Default: named after DATA, .safetensors.' },
      backbone,
      ...columns,
      size: { type: 'integer', value: 'PIXELS', help: 'Height and width of image inputs.' },
      batch,
    },
  },
  export: {
    summary: 'Write a bundle as one ONNX file for any ONNX runtime',
    usage: 'BUNDLE',
    details: [
      'Backbone, pooling, head and softmax in one graph, labels in its metadata. The file is run and compared with',
      'our own result before it is handed over.',
    ],
    examples: [['headstart export photos.headstart --out photos.onnx', 'one file, no Headstart needed to run it']],
    flags: { out: { type: 'string', value: 'FILE', help: 'Default: named after the bundle, .onnx.' } },
  },
  backbones: {
    summary: 'List the pretrained backbones, or fetch one for offline use',
    usage: '[fetch NAME…]',
    details: ['Every file of a listed backbone is pinned by its SHA-256 hash.'],
    examples: [
      ['headstart backbones', 'names, sizes, licences, what is downloaded'],
      ['headstart backbones fetch minilm-l6', 'download now, use with --offline later'],
    ],
    flags: {},
  },
  bench: {
    summary: 'Time both engines on this machine, on a backbone or any ONNX model',
    usage: '[MODEL…]',
    details: [
      'Runs each model on webgpu and on wasm in turn, compares the results first, and prints both times and their',
      'ratio. MODEL is the name of a backbone or the path of an .onnx file. Default: minilm-l6 and densenet121.',
    ],
    examples: [
      ['headstart bench', 'a text and an image backbone'],
      ['headstart bench resnet50.onnx --batch 16', 'a model of yours, sixteen samples a run'],
    ],
    flags: {
      batch: { type: 'integer', value: 'N', default: 8, help: 'Samples a run.' },
      runs: { type: 'integer', value: 'N', default: 5, help: 'Runs of each engine, of which the median counts.' },
      size: { type: 'integer', value: 'PIXELS', default: 224, help: 'Height and width where the model leaves them open.' },
      length: { type: 'integer', value: 'TOKENS', default: 128, help: 'Length of texts where the model leaves it open.' },
    },
  },
  serve: {
    summary: 'Serve the HTTP API and the web studio',
    usage: '[FOLDER]',
    details: [
      'Datasets, trainings, models and predictions for a team, under /v1, and the studio at /. The first start',
      'prints a key. An embedded database in --data needs nothing installed; DATABASE_URL names a PostgreSQL',
      'instead, whose jobs `headstart worker` on more machines takes. FOLDER is a project of the studio: its data',
      'become a dataset, its runs models; each start takes what is new in it. docs/server.md shows it all by example.',
    ],
    examples: [
      ['headstart serve', 'on http://127.0.0.1:4300, with keys'],
      ['headstart serve --open', 'no keys, for this machine only'],
      ['headstart serve ./birds', 'the project in that folder, ready to predict'],
      ['DATABASE_URL=postgres://db/headstart headstart serve --host 0.0.0.0', 'for a team, on PostgreSQL'],
    ],
    flags: {
      ...serverFlags,
      port: { type: 'integer', value: 'N', default: 4300, help: 'Port to listen on; 0 takes a free one.' },
      host: { type: 'string', value: 'ADDRESS', default: '127.0.0.1', help: 'Address to listen on; 0.0.0.0 is all of them.' },
      open: { type: 'boolean', help: 'Need no keys. Only on a loopback address.' },
      cors: { type: 'string', value: 'ORIGIN', multiple: true, help: 'A page of another host that may call; may be repeated.' },
      latency: { type: 'integer', value: 'MS', default: 5, help: 'How long a prediction waits for others to share its run.' },
      'max-batch': { type: 'integer', value: 'N', default: 32, help: 'Samples of one run of a backbone for predictions.' },
      'no-jobs': { type: 'boolean', help: 'Leave jobs to workers.' },
    },
  },
  worker: {
    summary: 'Take jobs of a server from its PostgreSQL',
    usage: '',
    details: [
      'Needs DATABASE_URL, and the files of the server: an S3 bucket (HEADSTART_S3_BUCKET), or its --data folder',
      'on a disk that both see. A worker that dies loses nothing: another one takes over after ten seconds.',
    ],
    examples: [['DATABASE_URL=postgres://db/headstart headstart worker --data /mnt/headstart', 'one more machine']],
    flags: serverFlags,
  },
  doctor: {
    summary: 'Tell what this machine can do, and what to install to do better',
    usage: '',
    details: ['Adapter, features, limits, the engine that auto takes and why, a computation checked on the adapter, cache and Node.'],
    examples: [['headstart doctor', 'read this first when something is slow']],
    flags: {},
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof commands;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
