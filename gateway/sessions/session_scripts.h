// What happens to several rows of Redis at once: sessions, and the index of a person's. The index
// has "<row> <session id>" for each: a log-in that is taken up again, as by a page that asks twice
// before it is answered, has several rows of one session, and its browser keeps one of their
// tokens. The index is believed in nothing: it names rows, and a row shows by its seal what it is.
#pragma once

namespace bitrade::gateway {

// Keys: row, index. Arguments: content, idle seconds, time of creation, seconds that the index
// lives, most sessions of a person, the session's id, most rows of a session. Rows that ended by
// themselves count no more; of too many sessions the oldest end, never the new one, whatever the
// clocks say. Answers key and content of each row of a session that it ended.
inline constexpr char kCreateScript[] = R"lua(
    local own, others, rows = {}, {}, {}
    for _, member in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
      local key, id = string.match(member, '^(%S+) ?(.*)$')
      if redis.call('EXISTS', key) == 0 then
        redis.call('ZREM', KEYS[2], member)
      elseif id == ARGV[6] then
        own[#own + 1] = member
      else
        if not rows[id] then
          rows[id] = {}
          others[#others + 1] = id
        end
        table.insert(rows[id], member)
      end
    end
    local ended = {}
    local function drop(member)
      local key = string.match(member, '^(%S+)')
      local content = redis.call('GET', key)
      redis.call('DEL', key)
      redis.call('ZREM', KEYS[2], member)
      return key, content
    end
    for i = 1, #others + 1 - tonumber(ARGV[5]) do
      for _, member in ipairs(rows[others[i]]) do
        local key, content = drop(member)
        ended[#ended + 1] = key
        ended[#ended + 1] = content
      end
    end
    for i = 1, #own + 1 - tonumber(ARGV[7]) do drop(own[i]) end
    redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
    redis.call('ZADD', KEYS[2], ARGV[3], KEYS[1] .. ' ' .. ARGV[6])
    redis.call('EXPIRE', KEYS[2], ARGV[4])
    return ended)lua";

// Keys: row, its mark, the next row, index. Arguments: content of the row, seconds that it lives,
// content of the next row, idle seconds, time of creation, seconds that the index lives, the
// session's id. Answers 0 when the row is gone, 1 when it goes on elsewhere already, 2 when it is
// done. The mark lasts longer than any renewal takes: without it, a renewal under way would write
// the session back under the old token.
inline constexpr char kRotateScript[] = R"lua(
    if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
    if redis.call('EXISTS', KEYS[2]) == 1 then return 1 end
    redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
    redis.call('SET', KEYS[2], '', 'EX', 60)
    redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[4])
    redis.call('ZREM', KEYS[4], KEYS[1] .. ' ' .. ARGV[7])
    redis.call('ZADD', KEYS[4], ARGV[5], KEYS[3] .. ' ' .. ARGV[7])
    redis.call('EXPIRE', KEYS[4], ARGV[6])
    return 2)lua";

// Keys: row, its mark. Arguments: content, idle seconds.
inline constexpr char kReplaceScript[] = R"lua(
    if redis.call('EXISTS', KEYS[2]) == 1 then return false end
    return redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2], 'XX'))lua";

// Keys: index, then every row of the session. Argument: the session's id.
inline constexpr char kEndScript[] = R"lua(
    for i = 2, #KEYS do
      redis.call('ZREM', KEYS[1], KEYS[i] .. ' ' .. ARGV[1])
      redis.call('DEL', KEYS[i])
    end)lua";

// Keys: row, its mark, index. Argument: the session's id.
inline constexpr char kDropScript[] = R"lua(
    if redis.call('EXISTS', KEYS[2]) == 1 then return end
    redis.call('ZREM', KEYS[3], KEYS[1] .. ' ' .. ARGV[1])
    redis.call('DEL', KEYS[1]))lua";

// Keys: index.
inline constexpr char kEndAllScript[] = R"lua(
    for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
      redis.call('DEL', string.match(member, '^(%S+)'))
    end
    redis.call('DEL', KEYS[1]))lua";

// Keys: index. Answers key, content and seconds left of each row, the oldest first; looking
// prolongs nothing.
inline constexpr char kListScript[] = R"lua(
    local rows = {}
    for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
      local key = string.match(member, '^(%S+)')
      local row = redis.call('GET', key)
      if row then
        rows[#rows + 1] = key
        rows[#rows + 1] = row
        rows[#rows + 1] = tostring(redis.call('TTL', key))
      end
    end
    return rows)lua";

}  // namespace bitrade::gateway
