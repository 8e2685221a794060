/**
 * What tests need, ours and our users': a fake Rocket.Chat server, the store contract, faults and a
 * manual clock.
 */
module dev.strandline.testkit {
  requires transitive dev.strandline.core;
  requires com.fasterxml.jackson.databind;
  requires jdk.httpserver;
  requires static org.assertj.core;
  requires static org.junit.jupiter.api;
}
