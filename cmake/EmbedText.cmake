# cmake -DINPUT=… -DOUTPUT=… -P EmbedText.cmake: a text file as a C++ string literal, in
# pieces, since compilers limit the length of one.
file(READ ${INPUT} text)
string(LENGTH "${text}" length)
set(position 0)
set(literal "")
while(position LESS length)
  string(SUBSTRING "${text}" ${position} 12000 piece)
  string(APPEND literal "R\"firn(${piece})firn\"\n")
  math(EXPR position "${position} + 12000")
endwhile()
file(WRITE ${OUTPUT} "${literal}")
