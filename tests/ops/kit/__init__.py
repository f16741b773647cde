"""The op test kit: cases of one op a file, run through compiled code and checked with numpy."""
