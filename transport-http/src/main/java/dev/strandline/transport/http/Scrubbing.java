package dev.strandline.transport.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a recording leaves out, so that it can be kept or shared.
 *
 * <p>Never in a recording, whatever is set here: the auth token, cookies, every header but the few
 * that matter to a replay, the server's host name, key material of encrypted rooms. User ids and
 * the workspace's id are replaced by pseudonyms. What people wrote and are called is kept, masked
 * or replaced as set here.
 *
 * <p>A pseudonym has the length and shape of what it stands for, and the same original always has
 * the same one: the same person stays the same person in every document, parameter and mention.
 * Pseudonyms are made with a key, the auth token unless set; without the key nobody finds the
 * originals, and recordings made with one key agree.
 *
 * <p>Immutable.
 */
public final class Scrubbing {

  /** What becomes of a text. */
  public enum Treatment {
    /** It stays as it is. */
    KEEP,
    /** Letters become {@code x}, digits {@code 0}: length, spaces and punctuation stay. */
    MASK,
    /**
     * Each word becomes another one of its length, the same word always the same. Who has much text
     * can guess frequent words: what is confidential is better masked.
     */
    PSEUDONYM
  }

  private final Builder values;

  private Scrubbing(Builder values) {
    this.values = values.copy();
  }

  /** Only what is never in a recording; texts, names and other fields are kept. */
  public static Scrubbing secretsOnly() {
    return builder().build();
  }

  /** Texts and unknown fields masked, names replaced by pseudonyms: to be shown to others. */
  public static Scrubbing forSharing() {
    return builder()
        .texts(Treatment.MASK)
        .names(Treatment.PSEUDONYM)
        .otherFields(Treatment.MASK)
        .build();
  }

  /** A builder that keeps all that may be kept. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return values.copy();
  }

  /** What becomes of what people wrote. */
  public Treatment texts() {
    return values.texts;
  }

  /** What becomes of the names of people and rooms. */
  public Treatment names() {
    return values.names;
  }

  /** What becomes of custom fields and of all that Strandline does not know. */
  public Treatment otherFields() {
    return values.otherFields;
  }

  /** Further words that must not be in a recording. */
  public List<String> secrets() {
    return List.copyOf(values.secrets);
  }

  /** What pseudonyms are made with; null for the auth token. */
  public @Nullable String key() {
    return values.key;
  }

  /** Names the treatments; the secrets and the key are withheld. */
  @Override
  public String toString() {
    return "Scrubbing[texts="
        + values.texts
        + ", names="
        + values.names
        + ", otherFields="
        + values.otherFields
        + "]";
  }

  /** Collects settings. Not safe for several threads. */
  public static final class Builder {
    private static final int SHORTEST_SECRET = 4;

    private Treatment texts = Treatment.KEEP;
    private Treatment names = Treatment.KEEP;
    private Treatment otherFields = Treatment.KEEP;
    private final List<String> secrets = new ArrayList<>();
    private @Nullable String key;

    private Builder() {}

    /**
     * What people wrote: messages, attachments, links, descriptions. Kept unless set. A mention in
     * it follows {@link #names}.
     */
    public Builder texts(Treatment value) {
      texts = Objects.requireNonNull(value);
      return this;
    }

    /** What people and rooms are called. Kept unless set. */
    public Builder names(Treatment value) {
      names = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Custom fields and whatever else Strandline does not know, numbers included. Kept unless set.
     * The fields' own names are kept.
     */
    public Builder otherFields(Treatment value) {
      otherFields = Objects.requireNonNull(value);
      return this;
    }

    /**
     * A word that must not be in a recording wherever it stands, such as a company's domain: at
     * least 4 characters. It is masked in texts, names and parameters of every kind.
     *
     * @throws IllegalArgumentException where it is shorter
     */
    public Builder secret(String value) {
      if (value.length() < SHORTEST_SECRET) {
        throw new IllegalArgumentException(
            "a secret must have at least "
                + SHORTEST_SECRET
                + " characters, since what is shorter is everywhere; this has "
                + value.length());
      }
      secrets.add(value);
      return this;
    }

    /** What pseudonyms are made with; the auth token unless set. Not empty. */
    public Builder key(String value) {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("key must not be empty");
      }
      key = value;
      return this;
    }

    /** The settings. */
    public Scrubbing build() {
      return new Scrubbing(this);
    }

    private Builder copy() {
      Builder copy = new Builder();
      copy.texts = texts;
      copy.names = names;
      copy.otherFields = otherFields;
      copy.secrets.addAll(secrets);
      copy.key = key;
      return copy;
    }
  }
}
