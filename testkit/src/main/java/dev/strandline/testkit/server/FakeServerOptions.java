package dev.strandline.testkit.server;

/** How a {@link FakeServer} behaves. Immutable; {@link #builder()} works as it stands. */
public final class FakeServerOptions {
  private final Builder values;

  private FakeServerOptions(Builder values) {
    this.values = values.copy();
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts from these options. */
  public Builder toBuilder() {
    return values.copy();
  }

  /** Returns the generation of server to imitate. */
  public ServerForm form() {
    return values.form;
  }

  /** Returns the rate limit to start with. */
  public RateLimit rateLimit() {
    return values.rateLimit;
  }

  /** Returns what comes first among equal stamps. */
  public TieOrder tieOrder() {
    return values.tieOrder;
  }

  /** Returns the port to listen on; 0 takes a free one. */
  public int port() {
    return values.port;
  }

  /** Returns how many requests are remembered. */
  public int recordedRequests() {
    return values.recordedRequests;
  }

  /** Returns whether {@code /_fake/} is served. */
  public boolean controlEndpoints() {
    return values.controlEndpoints;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private ServerForm form = ServerForm.V8_7;
    private RateLimit rateLimit = RateLimit.off();
    private TieOrder tieOrder = TieOrder.INSERTION;
    private int port;
    private int recordedRequests = 10_000;
    private boolean controlEndpoints = true;

    private Builder() {}

    /** Sets the generation of server. Default {@link ServerForm#V8_7}. */
    public Builder form(ServerForm value) {
      form = value;
      return this;
    }

    /**
     * Sets the rate limit. Default off, so that tests need no pacing; {@link
     * RateLimit#serverDefault()} is the real one.
     */
    public Builder rateLimit(RateLimit value) {
      rateLimit = value;
      return this;
    }

    /** Sets the order of ties. Default {@link TieOrder#INSERTION}. */
    public Builder tieOrder(TieOrder value) {
      tieOrder = value;
      return this;
    }

    /** Sets the port, 0 to 65535. Default 0: any free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** Sets how many requests are remembered, at least 1. Default 10,000. */
    public Builder recordedRequests(int value) {
      recordedRequests = value;
      return this;
    }

    /** Sets whether {@code /_fake/} is served. Default true. */
    public Builder controlEndpoints(boolean value) {
      controlEndpoints = value;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException where a value is out of its range
     */
    public FakeServerOptions build() {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
      }
      if (recordedRequests < 1) {
        throw new IllegalArgumentException(
            "recordedRequests must be at least 1, not " + recordedRequests);
      }
      return new FakeServerOptions(this);
    }

    private Builder copy() {
      Builder copy = new Builder();
      copy.form = form;
      copy.rateLimit = rateLimit;
      copy.tieOrder = tieOrder;
      copy.port = port;
      copy.recordedRequests = recordedRequests;
      copy.controlEndpoints = controlEndpoints;
      return copy;
    }
  }
}
