/**
 * What tests need, ours and our users': a fake Rocket.Chat server, the store contract, faults and a
 * manual clock.
 */
module dev.strandline.testkit {
  requires transitive dev.strandline.core;
  requires transitive com.fasterxml.jackson.databind;
  requires static org.assertj.core;
  requires static org.junit.jupiter.api;

  exports dev.strandline.testkit;
  exports dev.strandline.testkit.replay;
  exports dev.strandline.testkit.server;
  exports dev.strandline.testkit.simulation;
  exports dev.strandline.testkit.store;
}
