-- Every request asks for all dates until another day far away: the same courses, at an address that was not asked for before.
-- The argument, in days, keeps one run of wrk from asking for what an earlier one has left in the cache.
local base = os.time({ year = 2200, month = 1, day = 1, hour = 12 })
local day = 0

function init(args)
  day = tonumber(args[1])
end

function request()
  day = day + 1
  return wrk.format("GET", "/courses?to=" .. os.date("!%Y-%m-%d", base + day * 86400))
end
