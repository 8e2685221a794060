/** The Rocket.Chat REST client: requests, pacing and the reading of answers. */
module dev.strandline.transport.http {
  requires transitive dev.strandline.core;
  requires transitive java.net.http;
  requires com.fasterxml.jackson.databind;

  exports dev.strandline.transport.http;
}
