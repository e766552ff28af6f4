// Trials on many machines: a task queue on Redis, or Valkey, by BullMQ.
export { checkRedis } from "./connection.ts";
export { MOST_STARTS } from "./job.ts";
export {
  describeRedisAddress,
  parseRedisAddress,
  REDIS_PASSWORD,
  REDIS_USERNAME,
  type RedisAddress,
} from "./redis-address.ts";
export {
  createRedisTaskQueue,
  type RedisTaskQueue,
  type RedisTaskQueueOptions,
} from "./task-queue.ts";
export { type RedisTaskWorker, type RedisTaskWorkerOptions, startRedisTaskWorker } from "./task-worker.ts";
