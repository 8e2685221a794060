/** The store in one SQLite file: schema, migrations and queries. */
// Jdbi is an automatic module, under a name that its jar fixes.
@SuppressWarnings("requires-automatic")
module dev.strandline.store.sqlite {
  requires transitive dev.strandline.core;
  requires transitive java.sql;
  requires org.jdbi.v3.core;
  requires org.xerial.sqlitejdbc;
  // What Jdbi needs: an automatic module says nothing of it, so nobody else would bring these.
  requires io.leangen.geantyref;
  requires org.slf4j;

  exports dev.strandline.store.sqlite;

  uses org.slf4j.spi.SLF4JServiceProvider;
}
