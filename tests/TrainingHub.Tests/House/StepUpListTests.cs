using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>
/// What asks once more who it is, in full: nothing falls out of it unseen. Whatever decides on money or on accounts asks, or is named
/// here with the reason why not.
/// </summary>
public sealed partial class StepUpListTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] Asking =
    [
        "BankFilePageModel.OnPostAsync", "BankLinePageModel.OnPostAgainAsync", "BankLinePageModel.OnPostAsideAsync", "BankLinePageModel.OnPostBookAsync", "BankLinePageModel.OnPostChosenAsync",
        "BankLinePageModel.OnPostTakeBackAsync", "BankModel.OnPostAsync",
        "BookingDetailsModel.OnPostPaidBackAsync", "DifferencePageModel.OnPostAsync", "StaffInvoiceModel.OnPostAsync", "StaffInvoiceModel.OnPostTakeBackAsync", "InvoiceToModel.OnPostAsync", "InvoiceWriteOffModel.OnPostAsync",
        "CancelDateModel.OnPostAsync", "CancelPlacesModel.OnPostAsync",
        "ConcernActPageModel", "ConcernPageModel", "CopyPageModel", "DecideIdentityModel", "EraseDataModel", "InvoicesPaidModel", "MergeDatesModel.OnPostAsync", "MergePeopleModel",
        "PaymentPageModel.OnPostKeepAsync", "PaymentPageModel.OnPostRefundAsync", "RaiseChargesModel", "ResetFactorsModel",
        "StaffAccountModel.OnPostCloseAsync", "StaffAccountModel.OnPostDisconnectAsync", "StaffAccountModel.OnPostLinkAsync", "StaffAccountModel.OnPostRolesAsync", "StaffAccountsModel.OnPostAsync",
        "TakeOverPaymentModel.OnPostAsync", "WaiveChargesModel",
    ];

    private static readonly Dictionary<string, string> NotAsking = new()
    {
        ["StaffAccountModel.OnPostEndAsync"] = "signing somebody out must never wait",
        ["BankReadModel.OnPostAsync"] = "books nothing: what it leads to asks",
        ["BookingDetailsModel.OnPostNoteAsync"] = "no money",
        ["MonthCloseModel.OnPostAsync"] = "moves no money: it says what has left for the books",
        ["StatementPageModel.OnPostAsync"] = "moves no money: it sends what invoices asked for",
        ["BookingDetailsModel.OnPostRemoveNoteAsync"] = "no money",
        ["BookingDetailsModel.OnPostSendBookerAsync"] = "sends what was sent before",
        ["BookingDetailsModel.OnPostSendDelegateAsync"] = "sends what was sent before",
        ["BookingDetailsModel.OnPostSendLinkAsync"] = "sends what was sent before",
        ["BookingDetailsModel.OnPostSendInvoiceAsync"] = "sends what was sent before",
        ["BookingDetailsModel.OnPostSendReceiptAsync"] = "sends what was sent before",
        ["StaffInvoiceModel.OnPostSendAsync"] = "sends what was sent before",
        ["StaffInvoiceModel.OnPostRemindAsync"] = "sends what was sent before",
        ["InvoiceOrderModel.OnPostAsync"] = "no money",
    };

    private static readonly Type[] Models = [.. typeof(TrainingHubDb).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(PageModel)) && !type.IsAbstract)];

    [Fact]
    public void Asking_PagesAndHandlers_AreExactlyThese() => Assert.Equal(
        Asking.Order(StringComparer.Ordinal),
        Models.Where(IsAsking).Select(type => type.Name)
            .Concat(Models.SelectMany(Handlers).Where(handler => IsAsking(handler)).Select(NameOf))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void HandlersThatDecideOnMoneyOrAccounts_AskOrSayWhyNot() => Verdict.NoFaults(
        from type in Models
        where type.GetCustomAttribute<ForStaffAttribute>() is { } page && !IsAsking(type) && page.Act.Any(right => right is StaffRight.HandleMoney or StaffRight.Accounts)
        from handler in Handlers(type)
        where handler.Name.StartsWith("OnPost", StringComparison.Ordinal) && !IsAsking(handler) && !NotAsking.ContainsKey(NameOf(handler))
        select $"{NameOf(handler)} neither carries [StepUp] nor stands here with a reason");

    [Fact]
    public void Files_ThatAreNoPage_Ask() => Verdict.NoFaults(
        app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } pattern && pattern.Contains("staff/reports", StringComparison.Ordinal)
                && (pattern.EndsWith(".csv", StringComparison.Ordinal) || pattern.EndsWith(".xlsx", StringComparison.Ordinal))
                && endpoint.Metadata.GetMetadata<StepUpAttribute>() is null)
            .Select(endpoint => $"{endpoint.RoutePattern.RawText} does not ask who it is"));

    // The filter of all staff pages asks for these; a list elsewhere would go out unasked.
    [Fact]
    public void Lists_AsFiles_AreGivenByStaffPagesAlone() => Verdict.NoFaults(
        SourceTree.Read("src", ".cs").Where(file => file.Value.Contains("ListFile.AnswerAsync", StringComparison.Ordinal) && !file.Key.Contains("/Pages/Staff/", StringComparison.Ordinal))
            .Select(file => $"{file.Key} gives a list as a file"));

    [Fact]
    public void StaffPages_ThatAskForAPasswordOrCode_KeepNothing() => Verdict.NoFaults(
        from file in SourceTree.Read("src", ".cshtml")
        where file.Key.Contains("/Pages/Staff/", StringComparison.Ordinal) && Secret().IsMatch(file.Value)
        let model = Path.GetFileNameWithoutExtension(file.Key) + "Model"
        where Models.FirstOrDefault(type => type.Name == model)?.GetCustomAttribute<KeepsNothingAttribute>() is null
        select $"{file.Key} asks for a secret, and its model lacks [KeepsNothing]");

    private static bool IsAsking(MemberInfo member) => member.GetCustomAttribute<StepUpAttribute>() is not null;

    private static string NameOf(MethodInfo handler) => $"{handler.ReflectedType!.Name}.{handler.Name}";

    private static IEnumerable<MethodInfo> Handlers(Type type) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.Public).Where(method => method.Name.StartsWith("OnPost", StringComparison.Ordinal) || method.Name.StartsWith("OnGet", StringComparison.Ordinal));

    [GeneratedRegex("th-password-input|type=\"password\"|one-time-code")]
    private static partial Regex Secret();
}
