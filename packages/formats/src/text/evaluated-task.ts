// Whose figures an evaluation's summary holds, where one model is evaluated for several things: `bbox/AP`, `segm/AP`.
import type { Field } from "../format.ts";

/** Of COCO's and Cityscapes' evaluators: boxes, masks, points, classes of pixels. */
const TASK =
  "bbox|segm|keypoints|boxes|masks|sem_seg|panoptic_seg|instance_seg|box_proposals|proposal(?:_fast)?";
/** `Evaluation results for segm:`, `Evaluating bbox...`, `IoU metric: segm`, `Evaluate annotation type *bbox*`. */
const LINE = new RegExp(`\\b(?:results for|evaluating|metric:|task:|type)\\s+\\*?(${TASK})\\*?[\\s.:]*$`, "i");

/** Lists of one place that no word tells apart; a longer log of nothing but lists gives no more names. */
const MOST_LISTS = 4;

export class EvaluatedTask {
  private task: string | undefined;
  /** The names in the lists that were read since training went on. */
  private names = new Set<string>();
  private lists = 1;

  /** Training goes on, and what comes next is another evaluation. */
  end(): void {
    this.begin(undefined);
  }

  /** What a line says of the summaries below it. */
  read(line: string): void {
    const task = LINE.exec(line)?.[1]?.toLowerCase();
    if (task !== undefined) this.begin(task);
  }

  private begin(task: string | undefined): void {
    this.task = task;
    this.names = new Set();
    this.lists = 1;
  }

  /** A table: what comes after it is of another task. */
  table(fields: readonly Field[]): readonly Field[] {
    const { task } = this;
    this.task = undefined;
    return task === undefined ? fields : fields.map(([name, value]) => [`${task}/${name}`, value]);
  }

  /** A line of a list. Where one begins again without a word it is another. */
  line([name, value]: Field): Field {
    if (this.names.has(this.ownName(name))) {
      this.task = undefined;
      this.lists = Math.min(this.lists + 1, MOST_LISTS);
    }
    const own = this.ownName(name);
    this.names.add(own);
    return [own, value];
  }

  private ownName(name: string): string {
    const group = this.task ?? (this.lists > 1 ? `list_${this.lists}` : undefined);
    return group === undefined ? name : `${group}/${name}`;
  }
}
