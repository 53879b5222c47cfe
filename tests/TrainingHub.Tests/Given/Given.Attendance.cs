using TrainingHub.Attendance;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    public Task MarkAsync(Guid place, DateTimeOffset at, Mark mark = Mark.Attended) => AddAsync(NewMark(place, at, mark));

    public static AttendanceMark NewMark(Guid place, DateTimeOffset at, Mark mark = Mark.Attended) =>
        new() { PlaceId = place, Mark = mark, MarkedAt = at };
}
