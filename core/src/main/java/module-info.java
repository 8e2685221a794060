/** The public API, the model, the ports, the sync engine and an in-memory store. */
module dev.strandline.core {
  requires static transitive org.jspecify;
}
