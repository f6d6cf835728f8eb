// The public names of @headstart/server, one explicit list.

export { type App, createApp, type Deps } from './app.ts';
export {
  type Config,
  configFromEnvironment,
  defaultConfig,
  defaultLimits,
  defaultServing,
  type Limits,
  type S3Options,
  type ServingOptions,
} from './config.ts';
export { jsonLog, type Log } from './log.ts';
export { requireProject } from './projects/import.ts';
export { type Backend, type Listening, openBackend, serve, work } from './server.ts';
