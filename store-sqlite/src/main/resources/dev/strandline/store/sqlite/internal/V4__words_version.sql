-- Which words an index holds depends on how texts are cut and folded, which improves. An index of
-- other words than this Strandline looks for finds too little, so it is made anew.
ALTER TABLE search_index ADD COLUMN
  words_version INTEGER; -- of the words in it; null for an index of before this column
