// Evaluation: probabilities and losses of rows of a split. Threads take some rows at a time, whoever is free.
import { firstRow, images, labels, losses, probabilities, rowCount, takenRows } from "./job";
import { evaluateFour } from "./losses";
import { addChunks, copyBiases, scoreChunk } from "./scores";
import { blockLabels, fourLosses, fourResults, ownImages, ownPartialScores } from "./scratch";
import { chunks, classes, EVALUATION_ROWS, inputs, paddedInputs, rowStride } from "./setup";
import { widen } from "./widen";

export function evaluate(): void {
  copyBiases();
  while (true) {
    const first = <usize>atomic.add<u32>(takenRows(), <u32>EVALUATION_ROWS);
    if (first >= rowCount()) return;
    evaluateRows(first, min(EVALUATION_ROWS, rowCount() - first));
  }
}

/** Rows `first` to `first + rows - 1` of the job. */
function evaluateRows(first: usize, rows: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    const image = firstRow() + first + row;
    widen(images() + image * inputs, ownImages + row * rowStride, 0, paddedInputs);
    store<i32>(blockLabels + 4 * row, load<u8>(labels() + image));
  }
  for (let chunk: usize = 0; chunk < chunks; chunk++) scoreChunk(chunk, ownImages, rows, ownPartialScores);
  for (let row: usize = 0; row < rows; row += 4) {
    addChunks(ownPartialScores, row);
    const present = min(rows - row, 4);
    v128.store(fourLosses, evaluateFour(v128.load(blockLabels + 4 * row)));
    memory.copy(losses() + 4 * (first + row), fourLosses, 4 * present);
    for (let lane: usize = 0; lane < present; lane++) {
      const target = probabilities() + (first + row + lane) * classes * 4;
      for (let k: usize = 0; k < classes; k++) {
        store<f32>(target + 4 * k, load<f32>(fourResults + 16 * k + 4 * lane));
      }
    }
  }
}
