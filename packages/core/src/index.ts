// The public names of @headstart/core, one explicit list.

export { cacheFolder, decodeClip, decodePicture } from '#platform';
export { type AudioPreprocessing, resampleClip } from './backbone/audio.ts';
export { type Augmentation, type AugmentOptions, augmentSamples, noisy, pinkNoise, usualAugmentation } from './backbone/augment.ts';
export { type Backbone, type BackboneOptions, type BackboneReference, loadBackbone } from './backbone/backbone.ts';
export type { BackboneCard, CardFile, Modality } from './backbone/card.ts';
export { builtInCards, findCard } from './backbone/cards.ts';
export { clipOf, outlineOf } from './backbone/clip.ts';
export { type Dataset, type DatasetOptions, readDataset, readFiles } from './backbone/dataset.ts';
export type { ExtractOptions, Features } from './backbone/extract.ts';
export type { AudioFrontend } from './backbone/frontend.ts';
export { type HubOptions, listSource, type ProvidedFile, provideFiles } from './backbone/hub.ts';
export type { ImagePreprocessing } from './backbone/image.ts';
export type { DownloadProgress, ExtractionProgress } from './backbone/progress.ts';
export type { FoundSamples, Sample, SampleLike, SkippedSample } from './backbone/sample.ts';
export { shuffleWeights } from './backbone/shuffle.ts';
export { type SplitOptions, stratifiedSplit } from './backbone/split.ts';
export { FeatureStream, RateChanger, type StreamedFeatures } from './backbone/stream.ts';
export type { TextPreprocessing } from './backbone/text.ts';
export { EngineError, type ErrorCode } from './errors.ts';
export { type CheckedData, type CheckedSplit, checkData, type Finding } from './evaluate/checks.ts';
export {
  chooseThreshold,
  type DetectionMetrics,
  measureDetections,
  type Occurrence,
  parseOccurrences,
  type ThresholdPoint,
} from './evaluate/detection.ts';
export {
  bootstrapInterval,
  type CalibrationBin,
  type ClassMetrics,
  type Interval,
  type Metrics,
  scorePredictions,
} from './evaluate/metrics.ts';
export { type ComparisonRow, confidentMistakes, type ReportInput, type ReportSample, renderReport } from './evaluate/report.ts';
export { type ReportParts, reportPage } from './evaluate/report-page.ts';
export { thumbnail } from './evaluate/thumbnail.ts';
export { type RemoteTensor, type RuntimeValue, Sequence } from './ops/value.ts';
export type { Clip, Picture } from './platform/platform.ts';
export {
  encodeProject,
  newProject,
  openProject,
  type Project,
  type ProjectRun,
  type ProjectSource,
  parseProject,
  projectFile,
  saveProject,
} from './project/project.ts';
export type { Cut, Pooling } from './session/cuts.ts';
export type {
  AdapterSummary,
  DeviceTensor,
  Engine,
  ExplainStep,
  Explanation,
  Feed,
  FeedValue,
  LoadOptions,
  RunOptions,
  Session,
} from './session/engine.ts';
export { Decoder, type DecoderOptions, type GenerateOptions, type ScoreOptions } from './session/generate.ts';
export { type Model, type OperatorCount, type ReadModelOptions, readModel, type ValueSummary } from './session/model.ts';
export { type Backend, type EngineOptions, openEngine, requestAdapter } from './session/open-engine.ts';
export { type SamplingOptions, sampleToken } from './session/sampling.ts';
export { type SelfCheck, selfCheck } from './session/self-check.ts';
export { findStates, type StatePairs } from './session/states.ts';
export {
  loadTranscriber,
  type Segment,
  type TranscribeOptions,
  Transcriber,
  type TranscriberCard,
  type TranscriberOptions,
  type Transcript,
  whisperTiny,
} from './speech/transcriber.ts';
export { wordErrorRate } from './speech/word-error-rate.ts';
export type { DType, TensorData, TypedArray } from './tensor/dtype.ts';
export { decodeNpy, encodeNpy } from './tensor/npy.ts';
export { normal, permutation, randomInteger, uniform } from './tensor/random.ts';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './tensor/safetensors.ts';
export { Tensor } from './tensor/tensor.ts';
export { Bundle, type BundleOptions, openBundle, type PredictOptions, type SamplePrediction } from './train/bundle.ts';
export { type Exportable, type ExportOptions, type ExportSummary, exportOnnx } from './train/export-onnx.ts';
export { indexLabels, type LabelledFeatures } from './train/features.ts';
export { type TrainOptions, type TrainProgress, trainHead } from './train/head.ts';
export type { LinearHead } from './train/linear-head.ts';
export {
  type Detection,
  type DetectionSettings,
  EventFinder,
  findEvents,
  Listener,
  usualDetection,
  type WindowScores,
} from './train/listener.ts';
export { reloadBackbone } from './train/reload.ts';
export type { Prediction, Training, TrainResult } from './train/result.ts';
