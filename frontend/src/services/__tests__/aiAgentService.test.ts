import { AIAgentService } from '../aiAgentService';

describe('AIAgentService', () => {
  let aiService: AIAgentService;

  beforeEach(() => {
    aiService = new AIAgentService();
  });

  it('should create canvas job successfully', async () => {
    // Mock fetch response
    global.fetch = jest.fn().mockResolvedValue({
      ok: true,
      json: () => Promise.resolve({
        success: true,
        job_id: 'test-job-id',
        message: 'Job created',
        status: 'queued'
      })
    });

    const result = await aiService.createCanvasWithAI('Create a flowchart');
    
    expect(result.job_id).toBe('test-job-id');
    expect(result.status).toBe('queued');
  });
});
