import type { ImagePreprocessing } from '@headstart/core';
import type { ModelInfo } from '../../worker/protocol.ts';

/** Code for a page, for Node and for Python, made for one model. */
export function snippets(model: ModelInfo): { readonly browser: string; readonly node: string; readonly python: string } {
  const name = model.name
    .replace(/\.headstart$/, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  return { browser: browserCode(name, model), node: nodeCode(name, model), python: pythonCode(name, model) };
}

function browserCode(name: string, { audio }: ModelInfo): string {
  return `<!-- The studio's files beside the page, or any copy of them. -->
<script type="module" src="./headstart-predictor.js"></script>

<headstart-predictor src="./${name}.headstart"></headstart-predictor>

<script type="module">
  document.querySelector('headstart-predictor').addEventListener('predicted', ({ detail }) => {
    console.log(detail.label, detail.confidence);
  });
</script>
${audio ? waveformCode(name, audio) : ''}`;
}

/** The ONNX file alone, fed with a clip: the browser resamples, and the clip is put in the middle of a stretch of silence. */
function waveformCode(name: string, { rate, seconds, longest }: NonNullable<ModelInfo['audio']>): string {
  return `
<!-- Or the ONNX file alone, in onnxruntime-web. -->
<script type="module">
  import * as ort from 'onnxruntime-web';

  const session = await ort.InferenceSession.create('./${name}.onnx');

  // One clip: a file, or what MediaRecorder gave.
  async function classify(blob) {
    const context = new OfflineAudioContext(1, 1, ${rate});
    const sound = await context.decodeAudioData(await blob.arrayBuffer()); // resampled to ${rate} Hz
    const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index));
    const mono = channels[0].map((_, at) => channels.reduce((sum, channel) => sum + channel[at], 0) / channels.length);
    const stretch = Math.min(${Math.max(seconds, longest)}, Math.max(${seconds}, ${seconds} + Math.ceil(mono.length / ${rate} - ${seconds}))) * ${rate};
    const start = Math.floor((mono.length - stretch) / 2);
    const waveform = new Float32Array(stretch);
    waveform.set(mono.subarray(Math.max(0, start), Math.max(0, start) + stretch), Math.max(0, -start));
    const { probabilities } = await session.run({ waveform: new ort.Tensor('float32', waveform, [1, stretch]) });
    return probabilities.data;
  }
</script>
`;
}

function nodeCode(name: string, { modality }: ModelInfo): string {
  const samples = { text: `['A text to classify']`, image: `['picture.jpg']`, audio: `['clip.wav', 'clip.mp3']` }[modality];
  return `import { openBundle } from '@headstart/core';

using bundle = await openBundle('${name}.headstart');
for (const { id, label, confidence } of await bundle.predict(${samples})) {
  console.log(id, label, confidence.toFixed(3));
}
`;
}

function pythonCode(name: string, { modality, image, audio, labels, maxTokens }: ModelInfo): string {
  const head = `import json
import numpy as np
import onnxruntime as ort
`;
  const tail = (feeds: string) => `
session = ort.InferenceSession("${name}.onnx")
labels = json.loads(session.get_modelmeta().custom_metadata_map["headstart.labels"])  # ${labels.slice(0, 3).join(', ')}${labels.length > 3 ? ', …' : ''}
[probabilities] = session.run(["probabilities"], ${feeds})
print(labels[int(probabilities[0].argmax())], float(probabilities[0].max()))
`;
  if (modality === 'text') {
    return `${head}from tokenizers import Tokenizer  # tokenizer.json comes with the backbone

tokenizer = Tokenizer.from_file("tokenizer.json")
tokenizer.no_padding()
${maxTokens === undefined ? '' : `tokenizer.enable_truncation(${maxTokens})\n`}encoding = tokenizer.encode("A text to classify")
values = {"ids": encoding.ids, "mask": encoding.attention_mask, "type": encoding.type_ids}
${tail(`{
    each.name: np.array([values["mask" if "mask" in each.name else "type" if "type" in each.name else "ids"]], dtype=np.int64)
    for each in session.get_inputs()
}`)}`;
  }
  if (modality === 'audio' && audio) {
    const { rate, seconds, longest } = audio;
    return `${head}import soundfile
import soxr

sound, rate = soundfile.read("clip.wav", dtype="float32", always_2d=True)
mono = soxr.resample(sound.mean(axis=1), rate, ${rate})  # ${rate} Hz, full scale at ±1
# The clip lies in the middle of a stretch of silence, which is longer for longer clips.
more = max(0, int(np.ceil(len(mono) / ${rate} - ${seconds})))
stretch = int(min(${seconds} + more, ${Math.max(seconds, longest)}) * ${rate})
start = (len(mono) - stretch) // 2
waveform = np.zeros((1, stretch), np.float32)
part = mono[max(0, start) : max(0, start) + stretch]
waveform[0, max(0, -start) : max(0, -start) + len(part)] = part
${tail('{"waveform": waveform}')}`;
  }
  return `${head}from PIL import Image

${image ? preparation(image) : ''}${tail('{session.get_inputs()[0].name: pixels}')}`;
}

/** The preprocessing in Pillow and NumPy. */
function preparation(spec: ImagePreprocessing): string {
  const filter = spec.filter.toUpperCase();
  const { height, width } = spec;
  const size = `(${width}, ${height})`;
  const shortest = spec.shortest ?? Math.max(height, width);
  const fit: Record<ImagePreprocessing['fit'], string> = {
    stretch: `picture = picture.resize(${size}, Image.${filter})`,
    crop: `scale = ${shortest} / min(picture.size)
picture = picture.resize((max(${shortest}, int(picture.width * scale)), max(${shortest}, int(picture.height * scale))), Image.${filter})
left, top = (picture.width - ${width}) // 2, (picture.height - ${height}) // 2
picture = picture.crop((left, top, left + ${width}, top + ${height}))`,
    pad: `ratio = min(${width} / picture.width, ${height} / picture.height)
inner = picture.resize((max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))), Image.${filter})
picture = Image.new(picture.mode, ${size}, ${spec.fill ? `(${spec.fill.join(', ')})` : '0'})
picture.paste(inner, ((${width} - inner.width) // 2, (${height} - inner.height) // 2))`,
  };
  const grey = spec.channels === 'grey';
  const order = spec.channels === 'bgr' ? '[..., ::-1]' : grey ? '[..., None]' : '';
  const values = (numbers: readonly number[]) => `np.array([${(grey ? numbers.slice(0, 1) : numbers).join(', ')}], np.float32)`;
  const layout = spec.layout === 'NHWC' ? 'pixels[None]' : 'pixels.transpose(2, 0, 1)[None]';
  return `picture = Image.open("picture.jpg").convert("${grey ? 'L' : 'RGB'}")
${fit[spec.fit]}
pixels = np.asarray(picture, np.float32)${order} * ${spec.scale === 1 / 255 ? '(1 / 255)' : spec.scale}
pixels = (pixels - ${values(spec.mean)}) / ${values(spec.std)}
pixels = ${layout}.astype(np.float32)
`;
}
