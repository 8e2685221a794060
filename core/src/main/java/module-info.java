/**
 * Strandline's engine, its public API and its ports. Needs no network and no disk.
 *
 * <p>Applications start at {@link dev.strandline.Strandline}; those who bring a transport or a
 * store of their own at {@link dev.strandline.spi}.
 */
module dev.strandline.core {
  requires static transitive org.jspecify;

  exports dev.strandline;
  exports dev.strandline.error;
  exports dev.strandline.journal;
  exports dev.strandline.model;
  exports dev.strandline.search;
  exports dev.strandline.spi;
  exports dev.strandline.store.memory;
}
