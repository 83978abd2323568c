// Large blocks of TensorFlow's memory straight from the system (Linux). Electron replaces malloc in all its processes by one
// that ends the process where 1 GiB or more is asked for at once, and TensorFlow's allocator asks for regions that double.
// So the entries through which its libraries call `posix_memalign` and `free` are pointed at the two functions below; what is
// small still goes to Electron's malloc, which is fast there.
#pragma once
#if defined(__linux__) && defined(__LP64__)
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <map>
#include <mutex>

namespace tandem {
namespace large_blocks {

constexpr size_t kLarge = size_t(64) << 20;

/** Sizes of the blocks that are lent, by their address. */
struct Lent {
  std::mutex mutex;
  std::map<void*, size_t> sizes;
  /** Never destroyed: blocks are given back until the process is gone. */
  static Lent& all() {
    static Lent* const lent = new Lent;
    return *lent;
  }
};

inline int allocate(void** block, size_t alignment, size_t bytes) {
  static const size_t page = size_t(sysconf(_SC_PAGESIZE));
  if (bytes < kLarge || alignment > page) return posix_memalign(block, alignment, bytes);
  void* made = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (made == MAP_FAILED) return ENOMEM;
  Lent& lent = Lent::all();
  const std::lock_guard<std::mutex> lock(lent.mutex);
  lent.sizes[made] = bytes;
  *block = made;
  return 0;
}

inline void release(void* block) {
  static const uintptr_t within_page = uintptr_t(sysconf(_SC_PAGESIZE)) - 1;
  // Few blocks of malloc begin with a page, so that hardly any takes the lock in vain.
  if (block != nullptr && (uintptr_t(block) & within_page) == 0) {
    Lent& lent = Lent::all();
    std::unique_lock<std::mutex> lock(lent.mutex);
    const auto found = lent.sizes.find(block);
    if (found != lent.sizes.end()) {
      const size_t bytes = found->second;
      lent.sizes.erase(found);
      lock.unlock();
      munmap(block, bytes);
      return;
    }
  }
  free(block);
}

/** A loaded library's tables of what it calls in others, as its dynamic section tells where they lie. */
struct Calls {
  const ElfW(Sym)* symbols = nullptr;
  const char* names = nullptr;
  const ElfW(Rela)* tables[2] = {nullptr, nullptr};
  size_t bytes[2] = {0, 0};
  static Calls of(const dl_phdr_info& library);
};

inline Calls Calls::of(const dl_phdr_info& library) {
  Calls calls;
  for (int i = 0; i < library.dlpi_phnum; i++) {
    if (library.dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    const auto* entry = reinterpret_cast<const ElfW(Dyn)*>(library.dlpi_addr + library.dlpi_phdr[i].p_vaddr);
    for (; entry->d_tag != DT_NULL; entry++) {
      const auto address = entry->d_un.d_ptr;
      if (entry->d_tag == DT_SYMTAB) calls.symbols = reinterpret_cast<const ElfW(Sym)*>(address);
      if (entry->d_tag == DT_STRTAB) calls.names = reinterpret_cast<const char*>(address);
      if (entry->d_tag == DT_JMPREL) calls.tables[0] = reinterpret_cast<const ElfW(Rela)*>(address);
      if (entry->d_tag == DT_RELA) calls.tables[1] = reinterpret_cast<const ElfW(Rela)*>(address);
      if (entry->d_tag == DT_PLTRELSZ) calls.bytes[0] = entry->d_un.d_val;
      if (entry->d_tag == DT_RELASZ) calls.bytes[1] = entry->d_un.d_val;
    }
  }
  return calls;
}

/** Points the entry at another function; its page may have been closed to writing once the library was loaded. */
inline bool point(void** entry, void* function) {
  const uintptr_t page = uintptr_t(sysconf(_SC_PAGESIZE));
  void* start = reinterpret_cast<void*>(uintptr_t(entry) & ~(page - 1));
  if (mprotect(start, page, PROT_READ | PROT_WRITE) != 0) return false;
  __atomic_store_n(entry, function, __ATOMIC_RELEASE);
  return true;
}

/** @returns which of the two were found in the library and pointed anew: 1 for allocating, 2 for releasing */
inline int redirect(const dl_phdr_info& library) {
  const Calls calls = Calls::of(library);
  int done = 0;
  for (int t = 0; t < 2; t++) {
    const ElfW(Rela)* const table = calls.tables[t];
    for (size_t i = 0; table && i < calls.bytes[t] / sizeof(ElfW(Rela)); i++) {
      const auto symbol = ELF64_R_SYM(table[i].r_info);
      if (symbol == 0) continue;
      const char* name = calls.names + calls.symbols[symbol].st_name;
      const bool allocates = strcmp(name, "posix_memalign") == 0;
      if (!allocates && strcmp(name, "free") != 0) continue;
      void* function = allocates ? reinterpret_cast<void*>(&allocate) : reinterpret_cast<void*>(&release);
      if (point(reinterpret_cast<void**>(library.dlpi_addr + table[i].r_offset), function)) done |= allocates ? 1 : 2;
    }
  }
  return done;
}

/** @returns whether TensorFlow's large blocks come from the system from now on */
inline bool take_from_system() {
  static const bool done = [] {
    int redirected = 0;
    dl_iterate_phdr(
        [](dl_phdr_info* library, size_t, void* result) {
          const bool ours = strstr(library->dlpi_name, "libtensorflow_framework") != nullptr;
          if (ours) *static_cast<int*>(result) = redirect(*library);
          return ours ? 1 : 0;
        },
        &redirected);
    return redirected == 3;
  }();
  return done;
}

}  // namespace large_blocks
}  // namespace tandem
#else
namespace tandem {
namespace large_blocks {
inline bool take_from_system() { return false; }
}  // namespace large_blocks
}  // namespace tandem
#endif
