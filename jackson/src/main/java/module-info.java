/** What reads and runs return, as JSON: a module for Jackson 2 and one for Jackson 3. */
module dev.strandline.jackson {
  requires dev.strandline.core;
  requires com.fasterxml.jackson.annotation;
  requires transitive com.fasterxml.jackson.databind;
  requires static tools.jackson.databind;

  exports dev.strandline.jackson;

  opens dev.strandline.jackson.internal to
      com.fasterxml.jackson.databind,
      tools.jackson.databind;

  provides com.fasterxml.jackson.databind.Module with
      dev.strandline.jackson.StrandlineModule;
// A module cannot provide for one that may be absent. On the class path Jackson 3 finds its own.
}
