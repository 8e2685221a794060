package dev.strandline.internal.read;

/** How like two names are, for suggestions. */
final class Likeness {
  /** The greatest distance at which a name is worth suggesting. */
  static final int FARTHEST = 3;

  private static final int SHORTEST_PART = 3;

  private Likeness() {}

  /**
   * 0 for equal names; more the less like they are, and more than {@link #FARTHEST} for such that
   * have nothing to do with each other.
   */
  static int distance(String name, String wanted) {
    int best = Math.max(name.length(), wanted.length()) + FARTHEST + 1;
    if (contains(name, wanted) || contains(wanted, name)) {
      best = FARTHEST;
    }
    for (String word : (name + ' ' + name.replaceAll("[\\s_.-]+", " ")).split(" ", -1)) {
      best = Math.min(best, mistakes(word, wanted, best));
    }
    return Math.min(best, mistakes(name, wanted, best));
  }

  /** How many letters are mistaken, where few are; {@code otherwise} where it is another word. */
  private static int mistakes(String word, String wanted, int otherwise) {
    int edits = edits(word, wanted);
    int allowed = Math.min(2, Math.max(word.length(), wanted.length()) / 3);
    return edits <= allowed ? edits : otherwise;
  }

  private static boolean contains(String text, String part) {
    return part.length() >= SHORTEST_PART && text.contains(part);
  }

  /** How many letters have to be added, dropped, exchanged or swapped with their neighbour. */
  private static int edits(String from, String to) {
    if (Math.abs(from.length() - to.length()) > 2) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cheapest(int[][] cost, String from, String to, int i, int j) {
    boolean equal = from.charAt(i - 1) == to.charAt(j - 1);
    int best =
        Math.min(
            cost[i - 1][j - 1] + (equal ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
