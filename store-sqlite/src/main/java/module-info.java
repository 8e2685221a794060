/** The store in one SQLite file: schema, migrations and queries. */
module dev.strandline.store.sqlite {
  requires transitive dev.strandline.core;
  requires transitive java.sql;
  requires org.jdbi.v3.core;
  requires org.xerial.sqlitejdbc;

  exports dev.strandline.store.sqlite;
}
