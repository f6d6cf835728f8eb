import { describeOp, t } from '@headstart/testkit';
import { describe, expect, test } from 'vitest';
import { Tensor } from '../../tensor/tensor.ts';
import { logMelReference } from './log-mel.ref.ts';
import { hzToMel, type LogMelSpec, melFilters, melFrequencies, melToHz } from './mel.ts';

const small = { rate: 1000, fft: 32, hop: 10, mels: 6, low: 0, high: 500 };

// Its kernels are those of convolution and product, whose text is kept with them.
describeOp(
  'LogMel',
  [
    {
      name: 'slaney, centred, decibels',
      domain: 'headstart',
      inputs: [t('float32', [2, 100])],
      attributes: { ...small, log: 'db' },
      tolerance: 1e-4,
    },
    {
      name: 'htk, from the first sample, a shorter window, magnitudes',
      domain: 'headstart',
      inputs: [t('float32', [1, 77])],
      attributes: { ...small, window: 25, scale: 'htk', unitArea: 0, centre: 0, power: 1, log: 'none' },
    },
  ],
  { golden: false },
);

test('silence is the floor', () => {
  const spec = { ...small, scale: 'slaney', unitArea: true, power: 2, centre: true, log: 'db', floor: 1e-10 } as const;
  expect(new Set(logMelReference(Tensor.zeros([1, 64]), spec).toNumbers())).toEqual(new Set([-100]));
});

describe('mel scales', () => {
  test('slaney, as the documentation of librosa.hz_to_mel and mel_to_hz has it', () => {
    expect([60, 110, 220, 440].map((hz) => hzToMel(hz, 'slaney'))).toEqual([0.9, 1.65, 3.3, 6.6].map((mel) => expect.closeTo(mel, 12)));
    expect([1, 2, 3, 4, 5].map((mel) => melToHz(mel, 'slaney'))).toEqual(
      [66.667, 133.333, 200, 266.667, 333.333].map((hz) => expect.closeTo(hz, 3)),
    );
  });

  test('slaney, as the documentation of librosa.mel_frequencies has it', () => {
    const published = [
      0, 85.317, 170.635, 255.952, 341.269, 426.586, 511.904, 597.221, 682.538, 767.855, 853.173, 938.49, 1024.856, 1119.114, 1222.042,
      1334.436, 1457.167, 1591.187, 1737.532, 1897.337, 2071.84, 2262.393, 2470.47, 2697.686, 2945.799, 3216.731, 3512.582, 3835.643,
      4188.417, 4573.636, 4994.285, 5453.621, 5955.205, 6502.92, 7101.009, 7754.107, 8467.272, 9246.028, 10096.408, 11025,
    ];
    expect(melFrequencies(40, 0, 11025, 'slaney')).toEqual(published.map((hz) => expect.closeTo(hz, 2)));
  });

  test('htk: 1000 Hz are 1000 mel, by the choice of its constants', () => {
    expect(hzToMel(1000, 'htk')).toBeCloseTo(999.986, 3);
    for (const scale of ['htk', 'slaney'] as const) {
      for (const hz of [20, 999, 1000, 1001, 7600]) expect(melToHz(hzToMel(hz, scale), scale)).toBeCloseTo(hz, 8);
    }
  });
});

describe('melFilters', () => {
  const spec: LogMelSpec = {
    rate: 22050,
    fft: 2048,
    hop: 512,
    mels: 40,
    low: 0,
    high: 11025,
    scale: 'slaney',
    unitArea: true,
    power: 2,
    centre: true,
    log: 'none',
    floor: 0,
  };
  const bins = 1025;

  test('unit area: the sum over a band, times the width of a bin, is one', () => {
    const filters = melFilters(spec);
    for (let band = 20; band < 40; band++) {
      const sum = filters.subarray(band * bins, (band + 1) * bins).reduce((total, each) => total + each, 0);
      expect((sum * 22050) / 2048).toBeCloseTo(1, 2);
    }
  });

  test('of height one, neighbours sum to one between the first and the last peak', () => {
    const filters = melFilters({ ...spec, unitArea: false });
    const [first = 0, last = 0] = [melFrequencies(42, 0, 11025, 'slaney')[1], melFrequencies(42, 0, 11025, 'slaney')[40]];
    for (let bin = 0; bin < bins; bin++) {
      const hz = (bin * 22050) / 2048;
      const sum = Array.from({ length: 40 }, (_, band) => filters[band * bins + bin] as number).reduce((total, each) => total + each, 0);
      if (hz >= first && hz <= last) expect(sum).toBeCloseTo(1, 5);
    }
  });
});

test('a sine of amplitude a gives (a · Σ window / 2)² in the band around it, by Parseval', () => {
  const [rate, fft, hz] = [16000, 512, 1000];
  const spec: LogMelSpec = {
    rate,
    fft,
    hop: 160,
    mels: 1,
    // One band whose peak is the tone: a triangle of height 1 from 900 to 1100 Hz in a scale that is linear there.
    low: 968.75,
    high: 1031.25,
    scale: 'htk',
    unitArea: false,
    power: 2,
    centre: false,
    log: 'none',
    floor: 0,
  };
  const clip = Tensor.from(
    Float32Array.from({ length: 1024 }, (_, at) => 0.5 * Math.sin((2 * Math.PI * hz * at) / rate)),
    [1, 1024],
  );
  // Hann: the sum of the window is fft/2, so the tone's bin holds a · fft/4; its neighbours lie on the triangle's feet.
  const [value = 0] = logMelReference(clip, spec).toNumbers();
  expect(value / (0.5 * 128) ** 2).toBeGreaterThan(0.98);
  expect(value / (0.5 * 128) ** 2).toBeLessThan(1.02);
});
