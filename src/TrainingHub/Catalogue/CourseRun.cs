using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Catalogue;

internal enum DeliveryMode
{
    InPerson,
    Online,
}

internal enum RunSlot
{
    Weekday,
    Saturday,
    Sunday,

    /// <summary>A weekday from <see cref="CourseRun.TwilightFrom"/> on.</summary>
    Twilight,
}

internal enum RunState
{
    Scheduled,
    Cancelled,

    /// <summary>Prepared by staff: nobody else sees it, and nobody is booked on it, until it is published.</summary>
    Draft,
}

/// <summary>
/// A date on which a course is held. <see cref="PlacesTaken"/> is changed only by the statements of Bookings and of the import of
/// bookings, each of which checks and counts in one step; a CHECK in the table refuses what would get past them.
/// </summary>
internal sealed class CourseRun
{
    public const int ReferenceLength = 40;
    public const int MaxCapacity = 500;
    public const int LinkLength = 500;
    public const int ReasonLength = 500;

    /// <summary>90 days: before that nobody need know how many come.</summary>
    public const int MostHoursBefore = 24 * 90;

    /// <summary>Dates that start at or after this hour on a weekday are twilight.</summary>
    public static readonly TimeOnly TwilightFrom = new(16, 0);

    public required Guid Id { get; init; }

    /// <summary>The programme's own name of the date ("WTI-2026-11"), unique; imports match on it.</summary>
    public required string Reference { get; init; }
    public required Guid CourseId { get; init; }
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Of several meetings the last one's end.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Null when it is one meeting, from <see cref="StartsAt"/> to <see cref="EndsAt"/>.</summary>
    public Meetings? Meetings { get; init; }

    /// <summary>The London date of <see cref="StartsAt"/>, kept for filters and joins.</summary>
    public required DateOnly RunsOn { get; init; }
    public required RunSlot Slot { get; init; }
    public required int Capacity { get; init; }
    public int PlacesTaken { get; private set; }

    /// <summary>How many more than the capacity staff have taken, each with a reason in history. Changed with <see cref="PlacesTaken"/>.</summary>
    public int ExtraPlaces { get; private set; }

    /// <summary>Capacity less the places taken, and never below 0; the table works it out.</summary>
    public int PlacesLeft { get; private set; }

    /// <summary>The same, but below 0 by how many more than the capacity are taken.</summary>
    public int PlacesSpare => Capacity - PlacesTaken;

    /// <summary>Nobody books after it; null is until it begins.</summary>
    public DateTimeOffset? BooksUntil { get; init; }

    /// <summary>With fewer it may not be worth holding; null when any number will do. Visitors are not told.</summary>
    public int? MinimumPlaces { get; init; }

    /// <summary>How many places only people of one sector may take, until <see cref="HeldBackUntil"/>.</summary>
    public int HeldBack { get; init; }
    public Guid? HeldBackForId { get; init; }

    /// <summary>The first instant at which anybody may take them: the London midnight after the last day.</summary>
    public DateTimeOffset? HeldBackUntil { get; init; }

    /// <summary>Live places of that sector, also those beyond the ones held back. Changed with <see cref="PlacesTaken"/>.</summary>
    public int HeldBackTaken { get; private set; }

    /// <summary>Those held back that the sector has not taken; the table works it out.</summary>
    public int HeldBackLeft { get; private set; }

    /// <summary>Places that people on the waiting list want, also those who have an offer. Counted by the triggers of the list.</summary>
    public int PlacesWaitedFor { get; private set; }

    /// <summary>Of these, places kept for who has an offer.</summary>
    public int PlacesOffered { get; private set; }

    /// <summary>When places were last taken or limits last set; the table's CHECK has no other clock.</summary>
    public DateTimeOffset? CountedAt { get; private set; }
    public required DeliveryMode Delivery { get; init; }
    public Guid? VenueId { get; init; }

    /// <summary>Where it is held; null is not known.</summary>
    public Guid? AreaId { get; init; }
    public Guid? ProviderId { get; init; }

    /// <summary>The fee of this date alone, over the course's fee and the schedule. Pence; null follows them.</summary>
    public int? FeePence { get; init; }
    public RunState State { get; private set; }
    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>Why, as a sentence that those who were booked read; null when it was cancelled before reasons were kept.</summary>
    public string? CancelReason { get; private set; }

    /// <summary>
    /// Until then those who were booked may choose another date in place of this cancelled one. Money goes back only afterwards; null
    /// gives it back at once.
    /// </summary>
    public DateTimeOffset? ChooseUntil { get; private set; }

    /// <summary>Raised at each change of time or place (iCalendar SEQUENCE).</summary>
    public int ChangeNumber { get; private set; }

    /// <summary>When time or place last changed; null when they are as they were first.</summary>
    public DateTimeOffset? MovedAt { get; private set; }

    /// <summary>Where to join online. Told to those who are booked, and to nobody else.</summary>
    public string? JoiningLink { get; init; }

    /// <summary>
    /// It has no confirmed place without a mark. While it says no, the places have to be looked at; the tables keep it up to date, so that
    /// the registers of years are not read to find those that are open.
    /// </summary>
    public bool IsRegisterDone { get; private set; }

    /// <summary>The date of the year before that it was copied from; a date is copied once.</summary>
    public Guid? CopiedFromId { get; private set; }

    public static RunSlot SlotOf(DateOnly date, TimeOnly start) => date.DayOfWeek switch
    {
        DayOfWeek.Saturday => RunSlot.Saturday,
        DayOfWeek.Sunday => RunSlot.Sunday,
        DayOfWeek.Monday or DayOfWeek.Tuesday or DayOfWeek.Wednesday or DayOfWeek.Thursday or DayOfWeek.Friday =>
            start >= TwilightFrom ? RunSlot.Twilight : RunSlot.Weekday,
    };

    public bool IsOpenAt(DateTimeOffset now) => State == RunState.Scheduled && now < StartsAt;

    /// <summary>Whether its facts can still be changed: those of a draft can, whenever it is.</summary>
    public bool CanChangeAt(DateTimeOffset now) => State == RunState.Draft || IsOpenAt(now);

    public bool HasEndedAt(DateTimeOffset now) => EndsAt <= now;

    /// <summary>Keeps a date that is not saved yet to staff.</summary>
    public CourseRun AsDraft(Guid? copiedFrom = null)
    {
        (State, CopiedFromId) = (RunState.Draft, copiedFrom);
        return this;
    }

    public void Publish()
    {
        if (State != RunState.Draft)
        {
            throw new InvalidOperationException($"{nameof(Publish)}: date {Id} is {State}.");
        }

        State = RunState.Scheduled;
    }

    public void Cancel(string reason, DateTimeOffset? chooseUntil, DateTimeOffset now)
    {
        if (!IsOpenAt(now))
        {
            throw new InvalidOperationException($"{nameof(Cancel)}: date {Id} is {State} and begins at {StartsAt:O}.");
        }

        (State, CancelledAt, CancelReason, ChooseUntil) = (RunState.Cancelled, now, reason, chooseUntil);
    }

    /// <summary>In their order; at least one.</summary>
    public IReadOnlyList<Meeting> EachMeeting => Meetings?.All ?? [new(StartsAt, EndsAt)];
}

internal sealed class CourseRunMap : IEntityTypeConfiguration<CourseRun>
{
    public void Configure(EntityTypeBuilder<CourseRun> builder)
    {
        builder.Property(run => run.Reference).HasMaxLength(CourseRun.ReferenceLength);
        builder.Property(run => run.CancelReason).HasMaxLength(CourseRun.ReasonLength);
        builder.Property(run => run.JoiningLink).HasMaxLength(CourseRun.LinkLength);
        builder.HasIndex(run => run.Reference).IsUnique();
        builder.Property(run => run.Meetings).HasColumnType("tstzmultirange").HasConversion(one => Meetings.ToRanges(one!), ranges => Meetings.FromRanges(ranges));
        builder.Property(run => run.PlacesLeft).HasComputedColumnSql("greatest(0, capacity - places_taken)", stored: true);
        builder.Property(run => run.ExtraPlaces).HasDefaultValue(0);
        builder.Property(run => run.HeldBack).HasDefaultValue(0);
        builder.Property(run => run.HeldBackTaken).HasDefaultValue(0);
        builder.Property(run => run.PlacesWaitedFor).HasDefaultValue(0);
        builder.Property(run => run.PlacesOffered).HasDefaultValue(0);
        builder.Property(run => run.HeldBackLeft).HasComputedColumnSql("greatest(0, held_back - held_back_taken)", stored: true);
        builder.HasIndex(run => run.Reference, "IxCourseRunsReference").HasMethod("gin").HasOperators("gin_trgm_ops");
        builder.Property(run => run.IsRegisterDone).HasDefaultValue(false);
        builder.HasIndex(run => run.EndsAt, "IxCourseRunsOpenRegister").HasFilter("state = 'Scheduled' and not is_register_done");
        builder.HasIndex(run => run.EndsAt, "IxCourseRunsOfMeetings").HasFilter("meetings is not null");
        builder.HasIndex(run => run.StartsAt, "IxCourseRunsDrafts").HasFilter("state = 'Draft'");
        builder.HasIndex(run => run.StartsAt);
        builder.HasIndex(run => new { run.CourseId, run.StartsAt });
        builder.HasIndex(run => run.RunsOn);
        builder.HasIndex(run => run.CopiedFromId).IsUnique();
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(run => run.CopiedFromId);
        builder.HasOne<Course>().WithMany().HasForeignKey(run => run.CourseId);
        builder.HasOne<Venue>().WithMany().HasForeignKey(run => run.VenueId);
        builder.HasOne<Area>().WithMany().HasForeignKey(run => run.AreaId);
        builder.HasOne<Sector>().WithMany().HasForeignKey(run => run.HeldBackForId);
        builder.HasOne<Provider>().WithMany().HasForeignKey(run => run.ProviderId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_course_runs_places", "places_taken >= 0 and places_taken + places_offered <= capacity + extra_places");
            table.HasCheckConstraint("ck_course_runs_waited_for", "places_offered between 0 and places_waited_for");
            table.HasCheckConstraint("ck_course_runs_extra", "extra_places >= 0");
            table.HasCheckConstraint("ck_course_runs_minimum", "minimum_places between 1 and capacity");
            table.HasCheckConstraint(
                "ck_course_runs_held_back",
                "held_back between 0 and capacity and (held_back_left = 0 or places_taken + places_offered + held_back_left <= capacity + extra_places or coalesce(counted_at >= held_back_until, false))");
            table.HasCheckConstraint(
                "ck_course_runs_held_back_whole", "(held_back = 0) = (held_back_for_id is null) and (held_back = 0) = (held_back_until is null)");
            table.HasCheckConstraint("ck_course_runs_held_back_taken", "held_back_taken between 0 and places_taken");
            table.HasCheckConstraint("ck_course_runs_capacity", "capacity between 1 and 500");
            table.HasCheckConstraint("ck_course_runs_times", "starts_at < ends_at");
            table.HasCheckConstraint("ck_course_runs_meetings", "lower(meetings) = starts_at and upper(meetings) = ends_at");
            table.HasCheckConstraint("ck_course_runs_fee", "fee_pence >= 0");
            table.HasCheckConstraint("ck_course_runs_draft", "state <> 'Draft' or places_taken = 0");
            table.HasCheckConstraint("ck_course_runs_cancelled", "(state = 'Cancelled') = (cancelled_at is not null)");
            table.HasCheckConstraint("ck_course_runs_cancelled_only", "state = 'Cancelled' or (cancel_reason is null and choose_until is null)");
        });
    }
}
