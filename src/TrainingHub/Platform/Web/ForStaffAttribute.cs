using Microsoft.AspNetCore.Authorization;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Says which right opens a page of staff: one of <see cref="Read"/> to see it, and one of <see cref="Act"/> to send anything to it.
/// A page of staff without it is refused at the start.
/// </summary>
/// <param name="read">One of them is enough; none means everybody who is signed in.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ForStaffAttribute(params StaffRight[] read) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    private StaffRight[]? act;

    public IReadOnlyList<StaffRight> Read { get; } = read;

    /// <summary>As to read, unless it says otherwise.</summary>
    public StaffRight[] Act
    {
        get => act ?? [.. Read];
        init => act = value;
    }

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    /// <summary>What a request of this method needs.</summary>
    public IReadOnlyList<StaffRight> Needs(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? Read : Act;
}
