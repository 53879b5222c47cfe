using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>Several charges become owed: each is asked for by the invoice of its booking, and whoever pays is told.</summary>
[ForStaff(StaffRight.HandleMoney), StepUp]
internal sealed class RaiseChargesModel(TrainingHubDb db, DecideCharge decide) : TickedPage(db, PaymentUrls.StaffCharges)
{
    /// <summary>By charge, the sum that was looked at.</summary>
    [BindProperty]
    public Dictionary<Guid, int> Seen { get; set; } = [];

    public IReadOnlyDictionary<Guid, int> Pence { get; private set; } = new Dictionary<Guid, int>();

    public Money Total => new(Ready.Sum(row => Pence[row.Id]));

    public override string ListName => "Charges";

    public override IReadOnlyList<string> Columns { get; } = ["Charge", "To", "Why", "Sum"];

    public override string DoneWords(int count) => count == 1 ? "1 charge is raised." : $"{count} charges are raised.";

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var lines = await ChargesModel.LinesOf(Db, Db.PlaceCharges.AsNoTracking().Where(charge => ids.Contains(charge.Id)))
            .OrderBy(line => line.On).ThenBy(line => line.Id).ToListAsync(ct);
        Pence = lines.ToDictionary(line => line.Id, line => line.Pence);
        return lines.ConvertAll(line => new TickedRow(
            line.Id, $"{line.Name ?? "Name not kept"}, {line.Course}, {London.DayWords(line.On)}", BookingUrls.StaffBooking(line.Reference),
            [line.To ?? "", ChargeWords.Kind(line.Kind), new Money(line.Pence).ToString()],
            line.State == ChargeState.Proposed ? null : $"It is {ChargeWords.State(line.State).ToLowerInvariant()} already"));
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct) =>
        await decide.RaiseAsync(row.Id, Seen.GetValueOrDefault(row.Id), User.Actor(), ct) switch
        {
            DecideChargeResult.Done => null,
            DecideChargeResult.NotOpen => "It was decided or withdrawn meanwhile",
            DecideChargeResult.SumChanged => "The sum has changed meanwhile. Look at it again",
            DecideChargeResult.NobodyToTell => "No address is known to which the charge could be sent",
        };
}
