// What the words in names of figures and counters stand for, whatever foreign tool wrote them. All in lower case.
import type { Split } from "@trainscope/core";

const SPLIT_WORDS: Readonly<Record<Split, readonly string[]>> = {
  train: ["train", "training", "trn", "learn"],
  validation: [
    "val",
    "vali",
    "valid",
    "validation",
    "validate",
    "validating",
    "dev",
    "eval",
    "evaluation",
    "evaluate",
    "evaluating",
    "cv",
  ],
  test: ["test", "testing"],
};

const SPLITS: ReadonlyMap<string, Split> = new Map(
  (Object.keys(SPLIT_WORDS) as Split[]).flatMap((split) =>
    SPLIT_WORDS[split].map((word): [string, Split] => [word, split]),
  ),
);

export function splitOfWord(word: string): Split | undefined {
  return SPLITS.get(word.toLowerCase().replace(/\.$/, ""));
}

export type Counter = "epoch" | "epochs" | "step" | "steps" | "batch" | "batches";

/** By the name without what joins its words. Of two steps in one record the one with the lower rank counts. */
const COUNTERS: ReadonlyMap<string, { readonly counter: Counter; readonly rank: number }> = new Map(
  (
    [
      [
        "epoch",
        ["epoch", "ep", "currentepoch", "curepoch", "epochnum", "epochidx", "epochindex", "trainerepoch"],
      ],
      ["epochs", ["epochs", "totalepochs", "numepochs", "maxepochs", "nepochs", "numtrainepochs"]],
      [
        "step",
        [
          "globalstep",
          "trainerglobalstep",
          "numupdates",
          "currentsteps",
          "currentstep",
          "curstep",
          "totaltimesteps",
        ],
      ],
      [
        "step",
        [
          "step",
          "iteration",
          "iter",
          "iters",
          "iterations",
          "it",
          "itr",
          "itn",
          "iterate",
          "niter",
          "numiter",
          "curiter",
        ],
      ],
      [
        "step",
        [
          "update",
          "updates",
          "totaltrainupdates",
          "round",
          "boostinground",
          "timestep",
          "timesteps",
          "numtimesteps",
          "envsteps",
        ],
      ],
      [
        "step",
        [
          "episode",
          "trial",
          "tick",
          "recordid",
          "tree",
          "trees",
          "numberoftrees",
          "ntrees",
          "generation",
          "optstep",
          "trainstep",
          "nupdates",
          "examplecounter",
          "trainingiteration",
        ],
      ],
      [
        "steps",
        ["steps", "totalsteps", "maxsteps", "numsteps", "totaliters", "maxiters", "maxiter", "totaliterations"],
      ],
      ["batch", ["batch", "batchidx", "batchindex", "minibatch", "minibatches", "batchnum"]],
      ["batches", ["batches", "numbatches", "totalbatches", "stepsperepoch", "batchesperepoch"]],
    ] as const
  ).flatMap(([counter, names], rank) => names.map((name) => [name, { counter, rank }] as const)),
);

export function counterOf(name: string): { readonly counter: Counter; readonly rank: number } | undefined {
  return COUNTERS.get(name.toLowerCase().replace(/[^a-z]+/g, ""));
}

/** Counters and marks of progress that place no figure: never drawn. */
const BOOKKEEPING =
  /^(?:percentage|progress|totalsamplesseen|curr_best_record_id|kimg|maintenance|iter_per_learner|\w*total_tokens|num_input_tokens_seen|(?:num_|trained_)?tokens(?:_seen)?|(?:total|num)_samples|total_exs|total_iters|sents|sentences(?:_processed)?|\w+__(?:min|max)|samples(?:_seen)?|instances|img_?size|imgsz|size|images|labels|patience|fold|run|rank|trial|v_num|version|\w*_idx|(?:\w+_)?(?:batch|step|data\w*|sample|example|image|file|shard|chunk|task|fold|trial|worker)_index|\w+_id|id|pid|index|counter|effective_batch_size|eta|is_\w+|best_(?:epoch|step|iter\w*)|start_epoch|(?:serial_)?timesteps(?:_\w+)?|\w+_this_iter|episodes_total|num_(?:env|agent)_steps_\w+|num_grad_updates_\w+|num_\w*workers|\w*timesteps_total|\w+_since_restore|num_examples|num_correct|consumed\w*|\w*copypaste|total_count|clip|skipped|micro_step|jobs|count|trial_name|ts|s)$/;
/** Groups in which loops keep their counters; the last ones are RLlib's. */
const BOOKKEEPING_GROUP =
  /^(?:misc|time|timers?|trainer|progress|counters?|charts?|rollout|perf|system|info|env_runners|learners|sampler_results|fault_tolerance)\//;
const TIME =
  /(?:^|_)(?:time|times|timestamp|runtime|datetime|date|eta|elapsed\w*|remaining|remain|wall|walltime|duration|dur|seconds|secs|sec|minutes|hours|ms|took|timing|dt)(?:_|$)/;
/** What PaddlePaddle calls the time that something took. */
const TIME_COST = /(?:^|_)(?:reader|batch|data|step|time|forward|backward)_cost(?:_|$)/;
const MACHINE =
  /(?:^|_)(?:memory|mem|maxmem|max_mem|gpu\w*|cpu\w*|vram|ram|throughput|speed|wps|ups|ips|fps|mfu|tflops?|flops|total_flos|gb_free|tok(?:ens)?_s(?:ec)?|it_s|img_s|\w*_per_second|\w*persec(?:ond)?|\w*_per_sec|per_second|s_it|tps|tgs)(?:_|$)/;
const PER_SECOND = /_per_s(?:ec(?:ond)?)?(?:_|$)/;
const SETTING =
  /^(?:n_parameters|num_parameters|num_params|n_params|parameters|params|total_params|seed|(?:\w+_)?batch_?size|bsz|wpb|world_size|num_gpus|n_gpus|num_classes|vocab_size|hidden_size|num_layers|num_workers|dropout|momentum|mom|weight_decay|wd|beta_?[12]|betas?_\d|loss_scale|scale)$/;
/** Names of groups of settings: `config/lr`, `hparams/layers`. */
const SETTING_GROUP =
  /^(?:config|configs|hparams|_hparams_|hyperparameters|hyper_parameters|args|settings|options|sample_size)(?:\/|$)/;
const LEARNING_RATE = /(?:^|_)(?:lr\d*|l_r|learning_rate|learningrate(?:per\w+)?)(?:_|$)/;

export type Role = "figure" | "learningRate" | "time" | "machine" | "setting" | "bookkeeping";

/** `path`: the name in lower case without its split, groups parted by slashes. */
export function roleOf(path: string): Role {
  const key = path.replace(/[^a-z0-9%]+/g, "_").replace(/^_+|_+$/g, "");
  if (SETTING_GROUP.test(path)) return "setting";
  if (LEARNING_RATE.test(key)) return "learningRate";
  if (TIME_COST.test(key)) return "time";
  if (isLoss(key) && !key.startsWith("time_")) return SETTING.test(key) ? "setting" : "figure";
  if (PER_SECOND.test(key)) return "machine";
  if (TIME.test(key)) return "time";
  if (MACHINE.test(key)) return "machine";
  if (SETTING.test(key)) return "setting";
  return BOOKKEEPING.test(key) || isKeptInGroup(path) ? "bookkeeping" : "figure";
}

/** In a group of another name, `acc/count` or `recall/images`, such a word is a figure's. */
function isKeptInGroup(path: string): boolean {
  return BOOKKEEPING_GROUP.test(path) && BOOKKEEPING.test(path.slice(path.lastIndexOf("/") + 1));
}

const LOSS =
  /(?:^|_)(?:\w*loss\w*|nll|cost|objf|objective|\w*rms|perplexity|ppl|bpb|bpc|error|err|\w*error|elbo|kl|\w*entropy|residual)(?:_|$)/;
const SCORE =
  /(?:^|_)(?:acc\w*|\w*accuracy\w*|top_?\d+\w*|prec\w*|precision\w*|recall\w*|f1\w*|f_?beta|auc\w*|auroc|roc\w*|m?ap\d*\w*|m?ar\d*|map\w*|m?iou\w*|dice\w*|psnr|ssim\w*|bleu\w*|rouge\w*|meteor|cider|fid\d*k?(?:_full)?|kid\d+k?(?:_full)?|score\w*|reward\w*|\w*return|wer|cer|r2|mcc|kappa|pearson\w*|spearman\w*|\w*mse|\w*mae|\w*mape|rmsle|\w*logloss|ndcg\w*|mrr|hits?\w*|pq|em|exact_match|sensitivity|specificity|[rp]\d?|l[12]|gini|gnorm|grad_norm|norm|learn)(?:_|$)/;

/** Whether it is a loss or another figure that training makes small. */
export function isLoss(key: string): boolean {
  return LOSS.test(key);
}

/** Scores and errors between 0 and 1, or in per cent. */
const SHARES =
  /(?:^|_)(?:acc\w*|accuracy\w*|top_?\d\w*|prec\w*|recall\w*|f1\w*|m?ap\w*|m?ar(?:\d+|[sml])?|m?iou\w*|auc\w*|class_error|error_rate)(?:_|$)/;

/** Whether it lies between 0 and 1; a value above is in per cent. */
export function isShare(key: string): boolean {
  return SHARES.test(key);
}

/** Whether a word of it is the field's name of a loss or a score, so that running text may be trusted with it. */
export function isMeasure(name: string): boolean {
  const key = name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return LOSS.test(key) || SCORE.test(key);
}

export function isScore(name: string): boolean {
  const key = name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return SCORE.test(key) && !LOSS.test(key);
}

/** Measures that are only ever taken on data held out. */
const HELD_OUT =
  /^(?:m?ap(?:\d.*|s|m|l|_.*)?|m?ar(?:\d.*|s|m|l)?|map\W?\d*.*|m?iou|pq|sq|rq|bleu\W?\d*|rouge\W?.*|meteor|cider|wer|cer)$/;
const HELD_OUT_GROUP = /^(?:bbox|segm|keypoints|sem_seg|panoptic_seg|coco|pascal_voc|metrics)\//;

/** `path` as in `roleOf`. */
export function isHeldOutMeasure(path: string): boolean {
  return HELD_OUT_GROUP.test(path) ? !isLoss(path.split("/").slice(1).join("_")) : HELD_OUT.test(path);
}
