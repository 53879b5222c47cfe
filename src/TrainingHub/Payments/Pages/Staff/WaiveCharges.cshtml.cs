using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>Several charges are given up, for one of the policy's reasons. Who was told of one is told that it is gone.</summary>
[ForStaff(StaffRight.HandleMoney), StepUp]
internal sealed class WaiveChargesModel(TrainingHubDb db, DecideCharge decide) : TickedPage(db, PaymentUrls.StaffCharges)
{
    [BindProperty]
    [Display(Name = "Why are they waived?", Description = "The reasons are those of the cancellation policy. They stand in the booking’s history.")]
    [Required(ErrorMessage = "Select why they are waived"), StringLength(CancellationPolicy.WaiverLength, ErrorMessage = "Select why they are waived")]
    public string? Reason { get; set; }

    public IReadOnlyList<string> Reasons { get; private set; } = [];

    /// <summary>Of those, the ones of which somebody was told.</summary>
    public int Told { get; private set; }

    public override string ListName => "Charges";

    public override IReadOnlyList<string> Columns { get; } = ["Charge", "To", "Why", "Sum", "State"];

    public override string DoneWords(int count) => count == 1 ? "1 charge is waived." : $"{count} charges are waived.";

    protected override void Check()
    {
        if (Reason is not null && !Reasons.Contains(Reason))
        {
            ModelState.AddModelError(nameof(Reason), "Select why they are waived");
        }
    }

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var charges = Db.PlaceCharges.AsNoTracking().Where(charge => ids.Contains(charge.Id));
        Reasons = [.. (await Db.CancellationPolicies.AsNoTracking().Where(policy => charges.Any(charge => charge.PolicyId == policy.Id))
            .OrderBy(policy => policy.StartsOn).ThenBy(policy => policy.AddedAt).Select(policy => policy.WaiverReasons).ToListAsync(ct)).SelectMany(reasons => reasons).Distinct()];
        var lines = await ChargesModel.LinesOf(Db, charges).OrderBy(line => line.On).ThenBy(line => line.Id).ToListAsync(ct);
        Told = lines.Count(line => line.State == ChargeState.Raised);
        return lines.ConvertAll(line => new TickedRow(
            line.Id, $"{line.Name ?? "Name not kept"}, {line.Course}, {London.DayWords(line.On)}", BookingUrls.StaffBooking(line.Reference),
            [line.To ?? "", ChargeWords.Kind(line.Kind), new Money(line.Pence).ToString(), ChargeWords.State(line.State)],
            line.IsOpen ? null : $"It is {ChargeWords.State(line.State).ToLowerInvariant()} already"));
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct) =>
        await decide.WaiveAsync(row.Id, Reason ?? "", User.Actor(), ct) switch
        {
            DecideChargeResult.Done => null,
            DecideChargeResult.NotOpen or DecideChargeResult.SumChanged or DecideChargeResult.NobodyToTell => "It was decided or withdrawn meanwhile",
        };
}
