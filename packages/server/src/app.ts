import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { requestId } from 'hono/request-id';
import { matchedRoutes } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import type { Catalogue } from './backbones/catalogue.ts';
import type { Config } from './config.ts';
import type { ThreadOptions } from './engine/protocol.ts';
import { Problem, toProblem } from './errors.ts';
import type { Intake } from './ingest/intake.ts';
import type { Board } from './jobs/board.ts';
import { errorFields, type Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { describeApi } from './pages/openapi.ts';
import { referencePage } from './pages/reference.ts';
import { pageHeaders, type Studio, studioRoutes } from './pages/studio.ts';
import type { Projects } from './projects/import.ts';
import { backboneRoutes } from './routes/backbones.ts';
import { datasetRoutes } from './routes/datasets.ts';
import { embeddingRoutes } from './routes/embeddings.ts';
import { healthRoutes } from './routes/health.ts';
import { jobRoutes } from './routes/jobs.ts';
import { keyRoutes } from './routes/keys.ts';
import { modelRoutes } from './routes/models.ts';
import { predictRoutes } from './routes/predict.ts';
import { projectRoutes } from './routes/projects.ts';
import { sampleRoutes } from './routes/samples.ts';
import { type Env, guard } from './security/guard.ts';
import type { Keys } from './security/keys.ts';
import type { Serving } from './serving.ts';
import type { Blobs } from './store/blobs.ts';
import type { Db } from './store/database.ts';
import type { datasets } from './store/schema.ts';

/** What the application needs of the outside. */
export interface Deps {
  /** Of the package that serves. */
  readonly version: string;
  readonly config: Config;
  readonly db: Db;
  readonly blobs: Blobs;
  readonly keys: Keys;
  readonly catalogue: Catalogue;
  readonly intake: Intake;
  readonly projects: Projects;
  readonly board: Board;
  readonly serving: Serving;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly threadOptions: ThreadOptions;
  readonly studio: Studio | undefined;
  /** Aborted when the server is about to stop: streams end. */
  readonly closing: AbortSignal;
  /** Seconds since the server started. */
  uptime(): number;
  /** Parts of the server, each `ok` or what is wrong with it. */
  checks(): Promise<Readonly<Record<string, string>>>;
  /** Where clients reach this server, without a slash at the end. */
  publicUrl(): Promise<string>;
  /** @throws Problem 404 */
  datasetFor(id: string): Promise<typeof datasets.$inferSelect>;
}

/** Bodies that are streamed, and bounded where they are read. */
const streamed = /^\/v1\/(datasets\/[^/]+\/upload|backbones|projects)$/;

/** The HTTP application, without a port: tests call `app.request()`, `serve` listens. */
export function createApp(deps: Deps) {
  const { version, config, keys, metrics, log, studio } = deps;
  const limit = bodyLimit({
    maxSize: config.limits.bodyBytes,
    onError: () => {
      throw new Problem(413, 'too-large', `The body is larger than ${config.limits.bodyBytes} bytes.`, { hint: 'Send less at once.' });
    },
  });
  const api = new OpenAPIHono<Env>()
    .route('/', healthRoutes(deps))
    .route('/', keyRoutes(deps))
    .route('/', datasetRoutes(deps))
    .route('/', projectRoutes(deps))
    .route('/', sampleRoutes(deps))
    .route('/', backboneRoutes(deps))
    .route('/', jobRoutes(deps))
    .route('/', modelRoutes(deps))
    .route('/', predictRoutes(deps))
    .route('/', embeddingRoutes(deps));

  const app = new OpenAPIHono<Env>();
  app.use(requestId());
  app.use(async (c, next) => {
    const started = performance.now();
    await next();
    const seconds = (performance.now() - started) / 1000;
    // What matches everything is there for requests that nothing else is for.
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? (c.res.status === 404 ? 'none' : '/*');
    metrics.requests.observe({ method: c.req.method, route, status: String(c.res.status) }, seconds);
    // The path alone: queries may hold what people typed.
    log(c.res.status >= 500 ? 'error' : 'info', 'request', {
      id: c.get('requestId'),
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round(seconds * 1000),
    });
  });
  app.use(secureHeaders(pageHeaders));
  app.use(
    '/v1/*',
    cors({
      origin: (origin) => (config.cors.includes('*') ? '*' : config.cors.includes(origin) ? origin : null),
      allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowHeaders: ['Authorization', 'Content-Type', 'Last-Event-ID', 'Range', 'If-None-Match', 'If-Range'],
      exposeHeaders: ['ETag', 'Content-Range', 'Accept-Ranges', 'Content-Disposition', 'Retry-After', 'X-Request-Id'],
      maxAge: 600,
    }),
  );
  app.use('/v1/*', guard(config, keys));
  app.use('/v1/*', (c, next) => (streamed.test(c.req.path) ? next() : limit(c, next)));
  const routed = app.route('/v1', api);

  const description = () => describeApi(routed, version);
  routed.get('/v1/openapi.json', (c) => c.json(description()));
  routed.get('/v1/docs', (c) => c.html(referencePage(description())));
  routed.route('/', studioRoutes(studio, version));
  routed.notFound((c) => {
    const missing = new Problem(404, 'not-found', `Nothing is at ${c.req.method} ${c.req.path}.`, { hint: '/v1/docs says what exists.' });
    return problemResponse(missing, c);
  });
  routed.onError((error, c) => {
    const problem = toProblem(error);
    if (problem.status >= 500) log('error', 'request.failed', { id: c.get('requestId'), path: c.req.path, ...errorFields(error) });
    return problemResponse(problem, c);
  });
  return routed;
}

function problemResponse(problem: Problem, { req }: Context): Response {
  const body = problem.body();
  const { path, method } = req;
  // What is left of a body that was not read to its end would be taken for the next request.
  const unread = !['GET', 'HEAD'].includes(method) && (!req.raw.bodyUsed || /^multipart\//i.test(req.header('content-type') ?? ''));
  // Clients of OpenAI's API look for the message under `error`.
  const shown =
    path === '/v1/embeddings' ? { ...body, error: { message: body.detail, type: body.code, code: body.code, param: null } } : body;
  return new Response(JSON.stringify(shown), {
    status: problem.status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(problem.retryAfter === undefined ? {} : { 'Retry-After': String(problem.retryAfter) }),
      ...(unread ? { Connection: 'close' } : {}),
      ...(problem.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    },
  });
}

/** For typed clients (`hono/client`). */
export type App = ReturnType<typeof createApp>;
