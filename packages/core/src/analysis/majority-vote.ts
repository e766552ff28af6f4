// An ensemble whose members vote.
import { type LabelledPredictions, type Predictions, predictedClass } from "./predictions.ts";

/**
 * For each image the class that most members answer. Of classes with equally many votes, the one whose voters are
 * more confident together, and then the first; -1 where no member answers.
 */
export function majorityVote(members: readonly Predictions[], classes: number): LabelledPredictions {
  const labels = members[0]?.labels ?? new Uint8Array(0);
  const votes = new Float64Array(classes);
  const predicted = Int16Array.from(labels, (_, image) => {
    votes.fill(0);
    for (const { predicted, predictedProbabilities } of members) {
      const answer = predicted[image] as number;
      if (answer < 0) continue;
      // Below 1 in all, so that it only decides between equals.
      const confidence = (predictedProbabilities[image] as number) / (members.length + 1);
      votes[answer] = (votes[answer] as number) + 1 + (Number.isFinite(confidence) ? confidence : 0);
    }
    return Math.max(...votes) === 0 ? -1 : predictedClass(votes, 0, classes);
  });
  return { labels, predicted };
}
