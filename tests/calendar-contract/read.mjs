// Reads the calendar file on standard input as a calendar program does, and prints what it understood as JSON: the name of the
// calendar, and of each event the texts and both instants in UTC.
import { text } from 'node:stream/consumers';
import ICAL from 'ical.js';

const calendar = new ICAL.Component(ICAL.parse(await text(process.stdin)));
// This reader knows no time zone by name: it takes the rules that the file itself gives.
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);

const instant = (time) => new Date(time.toUnixTime() * 1000).toISOString();
console.log(JSON.stringify({
  name: calendar.getFirstPropertyValue('x-wr-calname'),
  events: calendar.getAllSubcomponents('vevent').map((one) => {
    const event = new ICAL.Event(one);
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      location: event.location,
      description: event.description,
      url: one.getFirstPropertyValue('url'),
      status: one.getFirstPropertyValue('status'),
      startsAt: instant(event.startDate),
      endsAt: instant(event.endDate),
    };
  }),
}));
