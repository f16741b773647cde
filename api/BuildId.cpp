// The build id is a note in the loaded image.
#include "api/BuildId.h"

#include <cstdint>
#include <cstring>
#include <elf.h>
#include <link.h>

namespace firn {
namespace {

struct Search {
  uintptr_t address;
  std::string id;
};

bool holds(const dl_phdr_info &object, uintptr_t address) {
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const ElfW(Phdr) &part = object.dlpi_phdr[i];
    if (part.p_type == PT_LOAD &&
        address - (object.dlpi_addr + part.p_vaddr) < part.p_memsz)
      return true;
  }
  return false;
}

/// The build id among the notes in [data, data + size), if it is there.
std::string idAmong(const char *data, size_t size) {
  auto padded = [](size_t bytes) { return (bytes + 3) / 4 * 4; };
  while (size >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, data, sizeof(note));
    size_t name = sizeof(note), content = name + padded(note.n_namesz);
    size_t end = content + padded(note.n_descsz);
    if (end > size)
      break;
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
        std::memcmp(data + name, "GNU", 4) == 0)
      return std::string(data + content, note.n_descsz);
    data += end;
    size -= end;
  }
  return "";
}

int visit(dl_phdr_info *object, size_t, void *argument) {
  auto &search = *static_cast<Search *>(argument);
  if (!holds(*object, search.address))
    return 0;
  for (int i = 0; i < object->dlpi_phnum && search.id.empty(); ++i) {
    const ElfW(Phdr) &part = object->dlpi_phdr[i];
    if (part.p_type == PT_NOTE)
      search.id = idAmong(
          reinterpret_cast<const char *>(object->dlpi_addr + part.p_vaddr),
          part.p_memsz);
  }
  return 1;
}

} // namespace

std::string buildIdOf(const void *address) {
  Search search{reinterpret_cast<uintptr_t>(address), ""};
  dl_iterate_phdr(visit, &search);
  return search.id;
}

} // namespace firn
