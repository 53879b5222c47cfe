using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.Learning;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub;

/// <summary>The tables and views, one line each. Mappings are below the entities; names and checks come from <see cref="SnakeCase"/>.</summary>
internal sealed class TrainingHubDb(DbContextOptions<TrainingHubDb> options) : IdentityUserContext<StaffUser, Guid>(options)
{
    public DbSet<SecretLink> SecretLinks => Set<SecretLink>();
    public DbSet<RecentTries> RecentTries => Set<RecentTries>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<Setting> Settings => Set<Setting>();
    public DbSet<KeptForm> KeptForms => Set<KeptForm>();
    public DbSet<AddressSession> AddressSessions => Set<AddressSession>();
    public DbSet<SignInCode> SignInCodes => Set<SignInCode>();
    public DbSet<HistoryEntry> HistoryEntries => Set<HistoryEntry>();
    public DbSet<ErasedRecord> ErasedRecords => Set<ErasedRecord>();
    public DbSet<UndoableAct> UndoableActs => Set<UndoableAct>();
    public DbSet<ImportUpload> ImportUploads => Set<ImportUpload>();
    public DbSet<ImportHeading> ImportHeadings => Set<ImportHeading>();
    public DbSet<ImportValue> ImportValues => Set<ImportValue>();
    public DbSet<OutgoingEmail> OutgoingEmails => Set<OutgoingEmail>();
    public DbSet<ConfirmedAddress> ConfirmedAddresses => Set<ConfirmedAddress>();
    public DbSet<UndeliverableAddress> UndeliverableAddresses => Set<UndeliverableAddress>();

    public DbSet<Area> Areas => Set<Area>();
    public DbSet<Sector> Sectors => Set<Sector>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<PersonAlias> PersonAliases => Set<PersonAlias>();
    public DbSet<ELearningCompletion> ELearningCompletions => Set<ELearningCompletion>();
    public DbSet<OrganisationLead> OrganisationLeads => Set<OrganisationLead>();
    public DbSet<StaffSession> StaffSessions => Set<StaffSession>();
    public DbSet<StaffWorkAccount> StaffWorkAccounts => Set<StaffWorkAccount>();
    public DbSet<StaffAuthenticator> StaffAuthenticators => Set<StaffAuthenticator>();
    public DbSet<StaffRecoveryCode> StaffRecoveryCodes => Set<StaffRecoveryCode>();

    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<CourseTitle> CourseTitles => Set<CourseTitle>();
    public DbSet<CourseTag> CourseTags => Set<CourseTag>();
    public DbSet<ShapedBy> ShapedBy => Set<ShapedBy>();
    public DbSet<DateWish> DateWishes => Set<DateWish>();
    public DbSet<Venue> Venues => Set<Venue>();
    public DbSet<Provider> Providers => Set<Provider>();
    public DbSet<Trainer> Trainers => Set<Trainer>();
    public DbSet<TrainerCourse> TrainerCourses => Set<TrainerCourse>();
    public DbSet<ProviderAccount> ProviderAccounts => Set<ProviderAccount>();
    public DbSet<SearchMeaning> SearchMeanings => Set<SearchMeaning>();
    public DbSet<PostcodeDistrict> PostcodeDistricts => Set<PostcodeDistrict>();
    public DbSet<SchoolHoliday> SchoolHolidays => Set<SchoolHoliday>();
    public DbSet<FeeSchedule> FeeSchedules => Set<FeeSchedule>();
    public DbSet<PayerClass> PayerClasses => Set<PayerClass>();
    public DbSet<ClassFee> ClassFees => Set<ClassFee>();
    public DbSet<CourseFee> CourseFees => Set<CourseFee>();
    public DbSet<ProgrammeFee> ProgrammeFees => Set<ProgrammeFee>();
    public DbSet<CancellationPolicy> CancellationPolicies => Set<CancellationPolicy>();
    public DbSet<RunPrice> RunPrices => Set<RunPrice>();
    public DbSet<CourseRun> CourseRuns => Set<CourseRun>();

    public DbSet<LearningTheme> LearningThemes => Set<LearningTheme>();
    public DbSet<LearningPriority> LearningPriorities => Set<LearningPriority>();
    public DbSet<CourseThemes> CourseThemes => Set<CourseThemes>();
    public DbSet<LearningSource> LearningSources => Set<LearningSource>();
    public DbSet<Recommendation> Recommendations => Set<Recommendation>();
    public DbSet<LearningAction> LearningActions => Set<LearningAction>();
    public DbSet<ContentChange> ContentChanges => Set<ContentChange>();
    public DbSet<ContentNotice> ContentNotices => Set<ContentNotice>();
    public DbSet<ProviderNotice> ProviderNotices => Set<ProviderNotice>();
    public DbSet<LearningMeeting> LearningMeetings => Set<LearningMeeting>();
    public DbSet<MeetingMinute> MeetingMinutes => Set<MeetingMinute>();
    public DbSet<TrainingNeed> TrainingNeeds => Set<TrainingNeed>();
    public DbSet<TrainingNeedVote> TrainingNeedVotes => Set<TrainingNeedVote>();
    public DbSet<ProviderDocument> ProviderDocuments => Set<ProviderDocument>();
    public DbSet<CourseObservation> CourseObservations => Set<CourseObservation>();
    public DbSet<ProviderReview> ProviderReviews => Set<ProviderReview>();
    public DbSet<EventSlot> EventSlots => Set<EventSlot>();
    public DbSet<EventSession> EventSessions => Set<EventSession>();
    public DbSet<Resource> Resources => Set<Resource>();
    public DbSet<ResourceCourse> ResourceCourses => Set<ResourceCourse>();
    public DbSet<EventPlan> EventPlans => Set<EventPlan>();

    public DbSet<FreePlacePolicy> FreePlacePolicies => Set<FreePlacePolicy>();
    public DbSet<FreePlaceYear> FreePlaceYears => Set<FreePlaceYear>();
    public DbSet<FreePlaceApplication> FreePlaceApplications => Set<FreePlaceApplication>();
    public DbSet<FreePlaceEvidence> FreePlaceEvidence => Set<FreePlaceEvidence>();
    public DbSet<FreePlaceAward> FreePlaceAwards => Set<FreePlaceAward>();
    public DbSet<FreePlaceValue> FreePlaceValues => Set<FreePlaceValue>();

    public DbSet<BookingDraft> BookingDrafts => Set<BookingDraft>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<LegalHold> LegalHolds => Set<LegalHold>();
    public DbSet<Place> Places => Set<Place>();
    public DbSet<BookingNote> BookingNotes => Set<BookingNote>();
    public DbSet<LivePlace> LivePlaces => Set<LivePlace>();
    public DbSet<SessionChoice> SessionChoices => Set<SessionChoice>();
    public DbSet<DateMessage> DateMessages => Set<DateMessage>();
    public DbSet<PlaceNotice> PlaceNotices => Set<PlaceNotice>();
    public DbSet<PlaceEndedWithDate> PlacesEndedWithDate => Set<PlaceEndedWithDate>();
    public DbSet<PlaceCharge> PlaceCharges => Set<PlaceCharge>();
    public DbSet<PlacePaid> PlacesPaid => Set<PlacePaid>();
    public DbSet<PlaceSettledByPolicy> PlacesSettledByPolicy => Set<PlaceSettledByPolicy>();
    public DbSet<WaitingListEntry> WaitingListEntries => Set<WaitingListEntry>();
    public DbSet<WaitingListEvent> WaitingListEvents => Set<WaitingListEvent>();

    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Refund> Refunds => Set<Refund>();
    public DbSet<RefundShare> RefundShares => Set<RefundShare>();
    public DbSet<KeptShare> KeptShares => Set<KeptShare>();
    public DbSet<StripeEvent> StripeEvents => Set<StripeEvent>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<PlaceMoney> PlaceMoney => Set<PlaceMoney>();
    public DbSet<BookingMoney> BookingMoney => Set<BookingMoney>();
    public DbSet<Invoice> Invoices => Set<Invoice>();
    public DbSet<JournalExport> JournalExports => Set<JournalExport>();
    public DbSet<JournalSource> JournalSources => Set<JournalSource>();
    public DbSet<BankFile> BankFiles => Set<BankFile>();
    public DbSet<BankLine> BankLines => Set<BankLine>();
    public DbSet<BankPayer> BankPayers => Set<BankPayer>();
    public DbSet<InvoiceLine> InvoiceLines => Set<InvoiceLine>();
    public DbSet<InvoiceLineMoney> InvoiceLineMoney => Set<InvoiceLineMoney>();
    public DbSet<InvoiceReminder> InvoiceReminders => Set<InvoiceReminder>();
    public DbSet<InvoiceMoney> InvoiceMoney => Set<InvoiceMoney>();
    public DbSet<CreditNote> CreditNotes => Set<CreditNote>();
    public DbSet<CreditNoteLine> CreditNoteLines => Set<CreditNoteLine>();
    public DbSet<LaterPurchaseOrder> LaterPurchaseOrders => Set<LaterPurchaseOrder>();
    public DbSet<BilledPlace> BilledPlaces => Set<BilledPlace>();
    public DbSet<BookingToBill> BookingsToBill => Set<BookingToBill>();
    public DbSet<WriteOff> WriteOffs => Set<WriteOff>();
    public DbSet<Dispute> Disputes => Set<Dispute>();
    public DbSet<StripeComparison> StripeComparisons => Set<StripeComparison>();
    public DbSet<MoneyDifference> MoneyDifferences => Set<MoneyDifference>();
    public DbSet<TakenByBank> TakenByBanks => Set<TakenByBank>();

    public DbSet<AttendanceMark> AttendanceMarks => Set<AttendanceMark>();
    public DbSet<MeetingMark> MeetingMarks => Set<MeetingMark>();
    public DbSet<RegisterClosing> RegisterClosings => Set<RegisterClosing>();
    public DbSet<RegisterTap> RegisterTaps => Set<RegisterTap>();
    public DbSet<DoorWalkIn> DoorWalkIns => Set<DoorWalkIn>();
    public DbSet<RegisterPlace> RegisterPlaces => Set<RegisterPlace>();
    public DbSet<EarnedCertificate> EarnedCertificates => Set<EarnedCertificate>();
    public DbSet<Certificate> Certificates => Set<Certificate>();
    public DbSet<CertificateWait> CertificateWaits => Set<CertificateWait>();
    public DbSet<BadgeKey> BadgeKeys => Set<BadgeKey>();

    public DbSet<EventLink> EventLinks => Set<EventLink>();
    public DbSet<RecordingRelease> RecordingReleases => Set<RecordingRelease>();
    public DbSet<RecordingTold> RecordingsTold => Set<RecordingTold>();

    public DbSet<Survey> Surveys => Set<Survey>();
    public DbSet<SurveyVersion> SurveyVersions => Set<SurveyVersion>();
    public DbSet<Question> Questions => Set<Question>();
    public DbSet<QuestionOption> QuestionOptions => Set<QuestionOption>();
    public DbSet<VersionOption> VersionOptions => Set<VersionOption>();
    public DbSet<SurveyAnswer> SurveyAnswers => Set<SurveyAnswer>();
    public DbSet<Toolkit> Toolkits => Set<Toolkit>();
    public DbSet<SurveyInvitation> SurveyInvitations => Set<SurveyInvitation>();
    public DbSet<SentSurvey> SentSurveys => Set<SentSurvey>();
    public DbSet<SurveyResponse> SurveyResponses => Set<SurveyResponse>();
    public DbSet<SurveyLink> SurveyLinks => Set<SurveyLink>();
    public DbSet<SurveyComment> SurveyComments => Set<SurveyComment>();
    public DbSet<Concern> Concerns => Set<Concern>();
    public DbSet<HeldComment> HeldComments => Set<HeldComment>();
    public DbSet<ConcernAlert> ConcernAlerts => Set<ConcernAlert>();
    public DbSet<ConcernNote> ConcernNotes => Set<ConcernNote>();
    public DbSet<IdentityRequest> IdentityRequests => Set<IdentityRequest>();
    public DbSet<IdentityView> IdentityViews => Set<IdentityView>();
    public DbSet<WorryWord> WorryWords => Set<WorryWord>();
    public DbSet<UnreadComment> UnreadComments => Set<UnreadComment>();
    public DbSet<SurveyQuote> SurveyQuotes => Set<SurveyQuote>();
    public DbSet<ApprovedQuote> ApprovedQuotes => Set<ApprovedQuote>();
    public DbSet<CommentTheme> CommentThemes => Set<CommentTheme>();
    public DbSet<CommentReading> CommentReadings => Set<CommentReading>();
    public DbSet<CommentCode> CommentCodes => Set<CommentCode>();
    public DbSet<DateEvaluation> DateEvaluations => Set<DateEvaluation>();
    public DbSet<ImportedAnswer> ImportedAnswers => Set<ImportedAnswer>();
    public DbSet<WithheldAnswers> WithheldAnswers => Set<WithheldAnswers>();
    public DbSet<UnlinkedImport> UnlinkedImports => Set<UnlinkedImport>();
    public DbSet<AnswerFile> AnswerFiles => Set<AnswerFile>();

    public DbSet<DataRequest> DataRequests => Set<DataRequest>();
    public DbSet<DataRequestRecord> DataRequestRecords => Set<DataRequestRecord>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Conventions.Add(_ => new SnakeCase());
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasPostgresExtension("pg_trgm");
        builder.HasDbFunction(() => PersonKey.OfColumn("")).HasName("name_key");
        builder.ApplyConfigurationsFromAssembly(typeof(TrainingHubDb).Assembly);
    }
}
