// Routines that put strings into buckets. Models are trained with these hash
// functions, so each is bit for bit the one that the op has always had:
// FarmHash's Fingerprint64, a MurmurHash64A with a fixed seed, and SipHash-2-4.
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

#include <bit>
#include <cstring>

#include "farmhash.h"

namespace firn::runtime {
namespace {

uint64_t loadLittle(const char *bytes, size_t count = 8) {
  uint64_t value = 0;
  for (size_t i = 0; i < count; ++i)
    value |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i]))
             << (8 * i);
  return value;
}

uint64_t murmurHash64A(std::string_view text) {
  constexpr uint64_t multiplier = 0xC6A4A7935BD1E995;
  uint64_t hash = 0xDECAFCAFFE ^ (text.size() * multiplier);
  for (; text.size() >= 8; text.remove_prefix(8)) {
    uint64_t block = loadLittle(text.data()) * multiplier;
    block ^= block >> 47;
    hash = (hash ^ (block * multiplier)) * multiplier;
  }
  if (!text.empty())
    hash = (hash ^ loadLittle(text.data(), text.size())) * multiplier;
  hash = (hash ^ hash >> 47) * multiplier;
  return hash ^ hash >> 47;
}

/// SipHash with two rounds a block and four at the end.
uint64_t sipHash24(uint64_t key0, uint64_t key1, std::string_view text) {
  uint64_t a = key0 ^ 0x736F6D6570736575, b = key1 ^ 0x646F72616E646F6D;
  uint64_t c = key0 ^ 0x6C7967656E657261, d = key1 ^ 0x7465646279746573;
  auto rounds = [&](int count) {
    while (count-- > 0) {
      a += b;
      c += d;
      b = std::rotl(b, 13) ^ a;
      d = std::rotl(d, 16) ^ c;
      a = std::rotl(a, 32);
      c += b;
      a += d;
      b = std::rotl(b, 17) ^ c;
      d = std::rotl(d, 21) ^ a;
      c = std::rotl(c, 32);
    }
  };
  auto mix = [&](uint64_t block) {
    d ^= block;
    rounds(2);
    a ^= block;
  };
  uint64_t length = static_cast<uint64_t>(text.size()) << 56;
  for (; text.size() >= 8; text.remove_prefix(8))
    mix(loadLittle(text.data()));
  mix(length | loadLittle(text.data(), text.size()));
  c ^= 0xFF;
  rounds(4);
  return a ^ b ^ c ^ d;
}

template <typename Hash> absl::Status toBuckets(RoutineCall &call, Hash hash) {
  int64_t buckets = call.attributes().getInt("num_buckets");
  if (buckets < 1)
    return absl::InvalidArgumentError(
        absl::StrCat("expects num_buckets of at least 1, but found ", buckets));
  return mapStrings<int64_t>(call, [&](std::string_view text) {
    return static_cast<int64_t>(hash(text) % static_cast<uint64_t>(buckets));
  });
}

absl::Status stringToHashBucketFast(RoutineCall &call) {
  return toBuckets(call, [](std::string_view text) -> uint64_t {
    return util::Fingerprint64(text.data(), text.size());
  });
}

absl::Status stringToHashBucket(RoutineCall &call) {
  return toBuckets(call, murmurHash64A);
}

absl::Status stringToHashBucketStrong(RoutineCall &call) {
  std::vector<int64_t> key = call.attributes().getList<int64_t>("key");
  if (key.size() != 2)
    return absl::InvalidArgumentError(
        absl::StrCat("expects a key of 2 numbers, but found ", key.size()));
  return toBuckets(call, [&](std::string_view text) {
    return sipHash24(static_cast<uint64_t>(key[0]),
                     static_cast<uint64_t>(key[1]), text);
  });
}

} // namespace

void addStringHashRoutines(RoutineTable &table) {
  table.add("StringToHashBucketFast", stringToHashBucketFast);
  table.add("StringToHashBucket", stringToHashBucket);
  table.add("StringToHashBucketStrong", stringToHashBucketStrong);
}

} // namespace firn::runtime
