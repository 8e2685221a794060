/** The Rocket.Chat REST client: requests, pacing and recording. */
module dev.strandline.transport.http {
  requires transitive dev.strandline.core;
  requires com.fasterxml.jackson.databind;
  requires java.net.http;
}
