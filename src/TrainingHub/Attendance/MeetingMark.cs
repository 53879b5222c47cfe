using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.People;

namespace TrainingHub.Attendance;

/// <summary>
/// What the register of one meeting says of a place on a date of several. When all meetings have a mark they make the one of the whole course
/// (<see cref="AttendanceMark"/>), which alone counts: attended if all are, absent if all are, otherwise part. Until then it has none.
/// </summary>
internal sealed class MeetingMark
{
    public required Guid PlaceId { get; init; }

    /// <summary>From 1, in the order of the meetings.</summary>
    public required short Meeting { get; init; }
    public required Mark Mark { get; init; }
    public required DateTimeOffset MarkedAt { get; init; }

    /// <summary>Null when a report was read on the command line.</summary>
    public Guid? MarkedById { get; init; }

    /// <inheritdoc cref="AttendanceMark.Minutes"/>
    public int? Minutes { get; init; }

    /// <inheritdoc cref="AttendanceMark.Late"/>
    public int? Late { get; init; }

    /// <inheritdoc cref="AttendanceMark.LeftEarly"/>
    public int? LeftEarly { get; init; }

    /// <inheritdoc cref="AttendanceMark.ReadFrom"/>
    public ReportKind? ReadFrom { get; init; }

    /// <summary>Writes the mark of the whole course from those of the meetings. The caller has locked the places.</summary>
    /// <param name="db"></param>
    /// <param name="places"></param>
    /// <param name="meetings">How many the date has.</param>
    /// <param name="staffUserId"></param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    public static Task<int> SettleAsync(TrainingHubDb db, Guid[] places, int meetings, Guid? staffUserId, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            with counted as (
                select place_id, count(*) as marked,
                    case
                        when bool_and(mark = {nameof(Mark.Attended)}) then {nameof(Mark.Attended)}
                        when bool_and(mark = {nameof(Mark.Absent)}) then {nameof(Mark.Absent)}
                        else {nameof(Mark.Part)}
                    end as mark
                from meeting_marks
                where place_id = any({places})
                group by place_id
            ),
            taken_back as (
                delete from attendance_marks
                where place_id = any({places})
                and place_id not in (select place_id from counted where marked = {meetings})
            )
            insert into attendance_marks (place_id, mark, marked_at, marked_by_id)
            select place_id, mark, {now}, {staffUserId}
            from counted
            where marked = {meetings}
            on conflict (place_id) do update
            set mark = excluded.mark, marked_at = excluded.marked_at, marked_by_id = excluded.marked_by_id
            where attendance_marks.mark <> excluded.mark
            """,
            ct);
}

internal sealed class MeetingMarkMap : IEntityTypeConfiguration<MeetingMark>
{
    public void Configure(EntityTypeBuilder<MeetingMark> builder)
    {
        builder.HasKey(mark => new { mark.PlaceId, mark.Meeting });
        builder.HasOne<Place>().WithMany().HasForeignKey(mark => mark.PlaceId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(mark => mark.MarkedById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_meeting_marks_meeting", "meeting between 1 and 8");
            table.HasCheckConstraint("ck_meeting_marks_details", MarkDetails.Check);
        });
    }
}
