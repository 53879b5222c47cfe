-- The list of courses, not remembered; with a second argument, for what visitors type, in turns.
-- From each day of half a century that is over until a day far away: all that is to come, at an address that was not asked for before.
-- The page takes days of 1900 to 2199; the argument, in days, keeps one run of wrk from asking for what an earlier one has left in the cache.
local first = 86400
local last = os.time({ year = 2150, month = 1, day = 1, hour = 12 })
local days = 18000
local number = 0

local typed = {
  "neglect", "saftey", "level 2", "working togther", "dsl", "poole", "saturday", "county lines", "nursery", "fgm", "recruitment", "online grooming",
}
local asks = false

function init(args)
  number = tonumber(args[1])
  asks = args[2] == "words"
end

local function day(at)
  return os.date("!%Y-%m-%d", at)
end

local function anew()
  number = number + 1
  return "from=" .. day(first + number % days * 86400) .. "&to=" .. day(last + math.floor(number / days) * 86400)
end

function request()
  local words = asks and "q=" .. typed[number % #typed + 1]:gsub(" ", "+") .. "&" or ""
  return wrk.format("GET", "/courses?" .. words .. anew())
end
